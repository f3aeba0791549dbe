package tunebook.nd4j;

import java.util.UUID;
import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.abstracts.Nd4jWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A workspace. What a step allocates inside it costs microseconds instead of milliseconds and is
 * gone with the step. A step that does not fit spills outside, slowly but rightly, and the
 * workspace is made larger before the next. Only the thread that made it may use it.
 */
final class Arena implements AutoCloseable {
    private static final long START = 16L << 20;

    private final Thread owner = Thread.currentThread();
    private long size = START;
    private long most;
    private MemoryWorkspace workspace;
    private String name;

    /** Runs inside the workspace; what the work returns must not live there. */
    <R> R inside(Supplier<R> work) {
        if (name == null) name = "tunebook-" + UUID.randomUUID();
        WorkspaceConfiguration configuration =
                WorkspaceConfiguration.builder()
                        .initialSize(size)
                        .policyAllocation(AllocationPolicy.STRICT)
                        .policyLearning(LearningPolicy.NONE)
                        .policySpill(SpillPolicy.EXTERNAL)
                        .policyReset(ResetPolicy.BLOCK_LEFT)
                        .build();
        long spilled = 0;
        try (MemoryWorkspace entered =
                Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, name)) {
            workspace = entered;
            R result = work.get();
            Nd4jWorkspace used = (Nd4jWorkspace) entered;
            spilled = used.getSpilledSize();
            most = Math.max(most, used.getHostOffset() + spilled);
            return result;
        } finally {
            if (spilled > 0) {
                close();
                size = (size + spilled) * 5 / 4;
            }
        }
    }

    /** Whether the calling thread may use it. */
    boolean isMine() {
        return owner == Thread.currentThread();
    }

    /** Bytes of the largest step since the last call; asking forgets. */
    long most() {
        long bytes = most;
        most = 0;
        return bytes;
    }

    @Override
    public void close() {
        if (workspace != null) workspace.destroyWorkspace(true);
        workspace = null;
        name = null;
    }
}
