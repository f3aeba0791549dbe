package tunebook.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * Measures Tunebook against DJL, libtorch and DL4J, and against itself. For each case two JVMs warm
 * up and then do a unit of work in turn, A B, B A, A B …; neither has the other's threads beside
 * it.
 */
public final class Bench {
    private static final int PAIRS = Integer.getInteger("bench.pairs", 7);

    private Bench() {}

    /**
     * Runs the cases of these names, all if there are none; the exit status is 1 where one failed,
     * 2 where a name is unknown. A goal that was missed is no failure.
     */
    public static void main(String[] names) throws IOException {
        List<Case> cases;
        try {
            cases = Cases.chosen(names);
        } catch (TunebookException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        List<Row> rows = new ArrayList<>();
        for (Case which : cases) {
            System.err.println(which.name() + " ...");
            Row row = run(which);
            rows.add(row);
            System.err.println(Table.line(row));
            write(rows);
        }
        System.out.println(Table.of(rows));
        System.exit(rows.stream().anyMatch(Row::failed) ? 1 : 0);
    }

    private static Row run(Case which) {
        try {
            return which.terms().fresh() ? afresh(which) : inTurn(which);
        } catch (TunebookException | IOException e) {
            return Row.failed(which, e.getMessage());
        }
    }

    private static Row inTurn(Case which) throws IOException {
        Pairs pairs = new Pairs(which);
        try (Contender ours = new Contender(which, true);
                Contender peer = new Contender(which, false)) {
            for (int i = 0; i < PAIRS; i++) pair(pairs, ours, peer, i % 2 == 0);
        }
        return pairs.row();
    }

    private static void pair(Pairs pairs, Contender ours, Contender peer, boolean oursFirst) {
        if (oursFirst) {
            var a = ours.unit();
            pairs.add(a, peer.unit());
        } else {
            var b = peer.unit();
            pairs.add(ours.unit(), b);
        }
    }

    private static Row afresh(Case which) throws IOException {
        Pairs pairs = new Pairs(which);
        for (int i = 0; i < PAIRS; i++) {
            try (Contender ours = new Contender(which, true);
                    Contender peer = new Contender(which, false)) {
                pair(pairs, ours, peer, i % 2 == 0);
            }
        }
        return pairs.row();
    }

    private static void write(List<Row> rows) throws IOException {
        String json = new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(rows);
        Files.writeString(Path.of(System.getProperty("bench.json")), json + "\n");
    }
}
