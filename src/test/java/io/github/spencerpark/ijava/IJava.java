package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.nio.file.Files;
import java.nio.file.Path;
import tunebook.notebook.StockShell;

/**
 * A kernel under IJava's name, on IJava's published base: IJava itself is in no Maven repository.
 */
public final class IJava extends BaseKernel {
    private static BaseKernel running;

    private final StockShell shell = new StockShell();

    /** As in IJava: how a cell finds its kernel. */
    public static BaseKernel getKernelInstance() {
        return running;
    }

    @Override
    public DisplayData eval(String code) {
        Object value = shell.eval(code);
        return value == null ? null : getRenderer().render(value);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("Java").build();
    }

    /** Serves one notebook. */
    public static void main(String[] arguments) throws Exception {
        String file = Files.readString(Path.of(arguments[0]));
        JupyterConnection connection =
                new JupyterConnection(KernelConnectionProperties.parse(file));
        running = new IJava();
        running.becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
    }
}
