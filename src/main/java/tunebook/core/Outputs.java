package tunebook.core;

import java.util.List;

/** A computation of several values, written once for every interpreter. */
public interface Outputs {
    /** Runs on an interpreter. */
    <T> List<T> run(Ops<T> ops);
}
