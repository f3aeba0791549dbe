package tunebook.notebook;

/** A JVM without a notebook. */
final class NoHost implements Host {
    static final NoHost INSTANCE = new NoHost();

    private NoHost() {}

    @Override
    public void display(Object value) {}

    @Override
    public Display live() {
        return new Display() {
            @Override
            public void update(Object value) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void clearOutput() {}

    @Override
    public void register(Renderer<?> renderer) {}

    @Override
    public Registration onInterrupt(Runnable stop) {
        return () -> {};
    }
}
