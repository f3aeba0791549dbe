package tunebook.notebook;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterInputStream;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.reply.ShutdownReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import io.github.spencerpark.jupyter.messages.request.ShutdownRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import tunebook.core.TunebookException;

/** The Jupyter kernel "Java (Tunebook)". */
public final class TunebookKernel extends BaseKernel {
    /** What every cell sees; a kernel may add to it. */
    public static final List<String> IMPORTS =
            List.of(
                    "java.util.*",
                    "java.util.List", // so that java.awt.* does not make it ambiguous
                    "java.util.function.*",
                    "java.util.stream.*",
                    "java.nio.file.*",
                    "static tunebook.notebook.Notebook.*",
                    "tech.tablesaw.api.*",
                    "org.knowm.xchart.*");

    private final Timer timer = new Timer("display");
    private final Interrupts interrupts = new Interrupts();
    private final JupyterInputStream in = new JupyterInputStream(JupyterSocket.UTF_8);
    private final Queue queue = new Queue();
    private final CompletableFuture<Cells> cells;
    private final Outlet outlet;
    private final KernelHost host;
    private final UnaryOperator<String> lines;
    private final Runnable exit;

    /**
     * @param lines what to say of a method, by class and name
     * @param exit ends the process, after the reply to a shutdown was sent
     */
    TunebookKernel(
            List<String> imports,
            UnaryOperator<String> lines,
            JupyterConnection connection,
            Runnable exit) {
        this.lines = lines;
        this.exit = exit;
        // without a limit no output is dropped when a cell prints faster than the client reads
        connection.getIOPub().setHWM(0);
        outlet = new Outlet(connection.getIOPub(), timer);
        host = new KernelHost(outlet, new Renderers(getRenderer()), interrupts, timer);
        // the compiler takes seconds to start: meanwhile the client is answered
        cells = CompletableFuture.supplyAsync(() -> new Cells(imports, interrupts));
        becomeHandlerForConnection(connection);
        connection.setHandler(MessageType.EXECUTE_REQUEST, this::execute);
        connection.setHandler(MessageType.SHUTDOWN_REQUEST, this::shutDown);
        CompletableFuture<Void> unused = cells.thenRunAsync(this::warmUp);
    }

    /** The first completion loads classes for half a second: better before anybody waits for it. */
    private synchronized void warmUp() {
        if (executionCount.get() == 1) {
            complete("L", 1);
        }
    }

    /** What cells show and who stops with them. */
    public Host host() {
        return host;
    }

    Outlet outlet() {
        return outlet;
    }

    JupyterInputStream in() {
        return in;
    }

    private Cells cells() {
        try {
            return cells.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof TunebookException mine ? mine : e;
        }
    }

    private synchronized void execute(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
        ExecuteRequest request = message.getContent();
        outlet.parent(env.getContext());
        getCommManager().setMessageContext(message);
        outlet.publish(PublishStatus.BUSY);
        if (queue.wasWaiting(message, Instant.now())) {
            env.reply(new Aborted(executionCount.get()));
        } else {
            run(env, request);
        }
        outlet.publish(PublishStatus.IDLE);
    }

    private void run(ShellReplyEnvironment env, ExecuteRequest request) {
        int count = request.isSilent() ? executionCount.get() : executionCount.getAndIncrement();
        if (!request.isSilent()) {
            outlet.publish(new PublishExecuteInput(request.getCode(), count));
        }
        in.setEnv(env);
        in.setEnabled(request.isStdinEnabled());
        try {
            DisplayData result = evaluate(request.getCode());
            host.flush();
            if (result != null && !request.isSilent()) {
                outlet.publish(new PublishExecuteResult(count, result));
            }
            env.reply(new ExecuteReply(count, Map.of()));
        } catch (CellException e) {
            host.flush();
            List<String> lines = Colours.error(e.lines());
            outlet.publish(new PublishError(e.name(), e.getMessage(), lines));
            ErrorReply reply = new ErrorReply(e.name(), e.getMessage(), lines);
            reply.setExecutionCount(count);
            env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
            if (request.shouldStopOnError()) {
                queue.failed(Instant.now());
            }
        } finally {
            in.retractEnv(env);
        }
    }

    /** Magics, then Java; whatever goes wrong is the cell's error, never the kernel's. */
    private DisplayData evaluate(String code) throws CellException {
        try {
            Magics.Split split = Magics.split(code);
            Magics magics = new Magics(cells());
            split.magics().forEach(magics::run);
            long start = System.nanoTime();
            Object value = cells().eval(split.java());
            if (split.magics().contains("%%time")) {
                System.out.printf("time: %.3f s%n", (System.nanoTime() - start) / 1e9);
            }
            cells().notes().forEach(System.err::println);
            return value == null ? null : host.render(value);
        } catch (RuntimeException e) {
            throw new Failures().thrown(e, null);
        }
    }

    @Override
    public DisplayData eval(String code) throws CellException {
        return evaluate(code);
    }

    @Override
    public void display(DisplayData data) {
        outlet.show(data);
    }

    @Override
    public synchronized ReplacementOptions complete(String code, int at) {
        return new Assist(cells(), lines).complete(code, at);
    }

    @Override
    public synchronized DisplayData inspect(String code, int at, boolean extraDetail) {
        String found = new Assist(cells(), lines).document(code, at, true);
        return found == null ? null : new DisplayData(found);
    }

    @Override
    public synchronized String isComplete(String code) {
        return cells().completeness(Magics.split(code).java());
    }

    @Override
    public void interrupt() {
        if (cells.isDone()) {
            cells().interrupt();
        }
    }

    private void shutDown(ShellReplyEnvironment env, Message<ShutdownRequest> message) {
        boolean restart = message.getContent().isRestart();
        env.setStatusBusy();
        interrupts.ask(); // workers that are asked may still leave a checkpoint
        env.reply(restart ? ShutdownReply.SHUTDOWN_AND_RESTART : ShutdownReply.SHUTDOWN);
        env.setStatusIdle();
        // closing sockets hangs while another thread polls them, so the process just ends
        timer.after(300, exit);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("Java")
                .version(Runtime.version().toString())
                .mimetype("text/x-java-source")
                .fileExtension(".jshell")
                .pygments("java")
                .codemirror("text/x-java")
                .build();
    }

    @Override
    public String getBanner() {
        return "Tunebook on Java " + Runtime.version();
    }
}
