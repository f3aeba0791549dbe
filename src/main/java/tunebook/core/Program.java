package tunebook.core;

/** A computation written once for every interpreter. */
public interface Program {
    /** Runs on an interpreter. */
    <T> T run(Ops<T> ops);
}
