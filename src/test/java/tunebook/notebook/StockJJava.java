package tunebook.notebook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseKernelBuilder;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** A kernel on JJava's published base: JJava itself is in no Maven repository. */
final class StockJJava extends BaseKernel {
    private final StockShell shell = new StockShell();

    private StockJJava(Builder b) {
        super(
                "stock",
                "1",
                new LanguageInfo.Builder("Java").build(),
                List.of(),
                b.history(),
                b.io(),
                b.comms(),
                b.renderer(),
                b.magics(),
                b.registry(),
                true,
                b.styler());
    }

    /** The library's own parts. */
    private static final class Builder extends BaseKernelBuilder<Builder, StockJJava> {
        @Override
        public StockJJava build() {
            return new StockJJava(this);
        }

        org.dflib.jjava.jupyter.kernel.history.HistoryManager history() {
            return buildHistoryManager();
        }

        org.dflib.jjava.jupyter.kernel.JupyterIO io() {
            return buildJupyterIO(buildJupyterIOEncoding());
        }

        org.dflib.jjava.jupyter.kernel.comm.CommManager comms() {
            return buildCommManager();
        }

        org.dflib.jjava.jupyter.kernel.display.Renderer renderer() {
            return buildRenderer();
        }

        org.dflib.jjava.jupyter.kernel.magic.MagicParser magics() {
            return magicParser;
        }

        org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry registry() {
            return buildMagicsRegistry();
        }

        org.dflib.jjava.jupyter.kernel.util.StringStyler styler() {
            return buildErrorStyler();
        }
    }

    @Override
    public Object evalRaw(String code) {
        return shell.eval(code);
    }

    @Override
    public DisplayData inspect(String code, int at, boolean more) {
        return DisplayData.EMPTY;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_YES;
    }

    /** Serves one notebook. */
    public static void main(String[] arguments) throws Exception {
        String file = Files.readString(Path.of(arguments[0]));
        JupyterConnection connection =
                new JupyterConnection(KernelConnectionProperties.parse(file));
        BaseKernel kernel = new Builder().build();
        kernel.becomeHandlerForConnection(connection);
        kernel.onStartup();
        connection.connect();
        connection.waitUntilClose();
    }
}
