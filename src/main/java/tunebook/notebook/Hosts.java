package tunebook.notebook;

import java.util.concurrent.atomic.AtomicReference;

/** The host of the process, set once by the kernel that starts in it. */
final class Hosts {
    static final AtomicReference<Host> CURRENT = new AtomicReference<>(Host.none());

    private Hosts() {}
}
