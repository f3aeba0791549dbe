package tunebook.core;

/** Changes what operations answer: the form every fine-tuning method takes. */
public interface Decorator {
    /** Changes nothing. */
    Decorator NONE =
            new Decorator() {
                @Override
                public <T> Ops<T> over(Ops<T> ops) {
                    return ops;
                }
            };

    /** The operations with the change. */
    <T> Ops<T> over(Ops<T> ops);
}
