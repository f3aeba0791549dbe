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
 * A session's workspace. What a step allocates inside it costs microseconds instead of milliseconds
 * and is gone with the step. A step that does not fit spills outside, slowly but rightly, and the
 * workspace is made larger before the next.
 */
final class Arena implements AutoCloseable {
    private static final long START = 16L << 20;

    private long size = START;
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
            spilled = ((Nd4jWorkspace) entered).getSpilledSize();
            return result;
        } finally {
            if (spilled > 0) {
                close();
                size = Math.max(size * 2, (size + spilled) * 5 / 4);
            }
        }
    }

    long bytes() {
        return size;
    }

    @Override
    public void close() {
        if (workspace != null) workspace.destroyWorkspace(true);
        workspace = null;
        name = null;
    }
}
