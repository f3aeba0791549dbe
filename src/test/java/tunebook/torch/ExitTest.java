package tunebook.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Precision;
import tunebook.core.Program;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.nd4j.Nd4jEngine;

/** Programs that used libtorch end as they should; more starts with {@code -Dtunebook.starts}. */
class ExitTest {
    private static final int STARTS = Integer.getInteger("tunebook.starts", 5);

    /** Computes on both engines, leaves half of it open, and ends. */
    public static final class Start {
        /** Ends by {@code System.exit} or by itself. */
        public static void main(String[] arguments) {
            Engine torch = TorchEngine.cpu(2);
            Engine.Held held = torch.hold(Weights.none(), Precision.FLOAT);
            use(torch, held);
            held.close();
            use(torch, torch.hold(Weights.none(), Precision.FLOAT));
            Engine other = new Nd4jEngine(2);
            use(other, other.hold(Weights.none(), Precision.FLOAT));
            if (arguments[0].equals("exit")) System.exit(0);
        }

        private static void use(Engine engine, Engine.Held held) {
            Session session = engine.open(held, Weights.none(), 1);
            Program sums =
                    new Program() {
                        @Override
                        public <T> T run(Ops<T> ops) {
                            T x = ops.input(Input.HIDDEN, 2);
                            return ops.add(x, x);
                        }
                    };
            Batch batch =
                    Batch.text(new Sequences(2), new int[2], new int[2])
                            .hidden(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
            if (session.evaluate(sums, batch).get(3) != 8) System.exit(3);
        }
    }

    @Test
    void noStartCrashesAtItsEnd() throws IOException, InterruptedException {
        Libtorch.engine();
        for (int start = 0; start < STARTS; start++) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Start.class.getName(),
                                    start % 2 == 0 ? "exit" : "return")
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), "start " + start + ": " + said);
        }
    }
}
