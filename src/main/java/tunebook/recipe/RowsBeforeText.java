package tunebook.recipe;

import java.util.List;
import java.util.Optional;
import tunebook.model.Outline;

/** A method that puts learned rows before each text: they take positions, and cannot be merged. */
interface RowsBeforeText extends Method {
    /** How many rows, at least 1. */
    int tokens();

    /** How the method was asked for, in errors. */
    String call();

    @Override
    default List<String> calls() {
        return List.of(call().substring(0, call().indexOf('(')));
    }

    @Override
    default int virtualTokens() {
        return tokens();
    }

    @Override
    default Optional<String> unmergeable() {
        return Optional.of(
                "its rows stand beside the text: no weight of the backbone can hold them");
    }

    @Override
    default void check(Outline base) {
        VirtualRows.check(call(), tokens(), base);
    }
}
