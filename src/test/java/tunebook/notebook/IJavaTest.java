package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;

class IJavaTest {
    private final StockKernel kernel = new StockKernel();

    @AfterEach
    void noHost() {
        Hosts.CURRENT.set(Host.none());
    }

    @Test
    void oneCallMakesAStockKernelShowOurTypes() {
        Host host = IJava.init(kernel);
        assertSame(host, Host.current());
        Table table = Table.create("t", StringColumn.create("a", "b"));
        // the value of a cell: the kernel itself renders it
        assertTrue(
                kernel.getRenderer()
                        .render(table)
                        .getData(MIMEType.TEXT_HTML)
                        .toString()
                        .contains("<table"));
        Notebook.display(table);
        assertEquals(1, kernel.shown.size());
        assertTrue(kernel.shown.get(0).hasDataForType(MIMEType.TEXT_HTML));
    }

    @Test
    void aLiveDisplayKeepsOneId() {
        IJava.init(kernel);
        try (Display live = Notebook.liveDisplay()) {
            live.update("a");
            live.update("b");
        }
        assertEquals(1, kernel.shown.size());
        assertTrue(kernel.shown.get(0).hasDisplayId());
    }

    @Test
    void withoutIJavaItSaysWhatToDo() {
        TunebookException e = assertThrows(TunebookException.class, IJava::init);
        assertEquals(
                "IJava.init(): this notebook does not run in IJava. Mend: hand over the kernel with"
                        + " IJava.init(kernel), or use the kernel \"Java (Tunebook)\"",
                e.getMessage());
    }

    @Test
    void withoutANotebookNothingIsShown() {
        assertSame(Host.none(), Host.current());
        Notebook.display("a");
        Notebook.clearOutput();
        try (Display live = Notebook.liveDisplay()) {
            live.update("b");
        }
        Host.current().onInterrupt(() -> {}).close();
        assertEquals(0, kernel.shown.size());
    }
}
