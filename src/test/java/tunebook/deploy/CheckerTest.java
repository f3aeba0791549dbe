package tunebook.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.model.Backbone;
import tunebook.onnx.Storage;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Tuning;
import tunebook.support.Methods;
import tunebook.support.TinyImages;

/** ONNX's own checker, with its shape inference, where Python has it. */
class CheckerTest {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir Path folder;

    @Test
    void onnxsOwnCheckerFindsNothing() throws Exception {
        assumeTrue(
                run("-c", "import onnx") == 0,
                "skipped: python3 has no onnx (Debian: apt-get install python3-onnx)");
        int files = 0;
        for (Method method : new Method[] {new Lora(2), new PromptTuning(2), new PrefixTuning(2)})
            for (Backbone backbone : new Backbone[] {Methods.ENCODER, Methods.DECODER})
                files += write(method, backbone, files);
        for (Backbone backbone :
                Stream.of(TinyImages.cifar(), TinyImages.basic(), TinyImages.bottleneck()).toList())
            files += write(new Lora(2), backbone, files);
        String check =
                """
                import glob, onnx, sys
                for f in glob.glob(sys.argv[1] + '/*.onnx'):
                    m = onnx.load(f)
                    onnx.checker.check_model(m, full_check=True)
                    assert [o.domain for o in m.opset_import] == [''], f
                    onnx.shape_inference.infer_shapes(m, strict_mode=True)
                """;
        assertEquals(0, run("-c", check, folder.toString()));
        assertEquals(27, files);
    }

    private int write(Method method, Backbone backbone, int number) throws Exception {
        Tuning tuning = Tuning.of(method, backbone, backbone.model().classifier(3), 3);
        for (Storage storage : Storage.values())
            Files.write(
                    folder.resolve(number + "." + storage.file()),
                    Export.onnx(tuning, storage, Map.of("labels", "a\nb")));
        return Storage.values().length;
    }

    private static int run(String... arguments) throws Exception {
        if (!Files.isExecutable(Path.of(PYTHON))) return -1;
        Process process =
                new ProcessBuilder(Stream.concat(Stream.of(PYTHON), Stream.of(arguments)).toList())
                        .inheritIO()
                        .start();
        return process.waitFor(2, TimeUnit.MINUTES) ? process.exitValue() : -1;
    }
}
