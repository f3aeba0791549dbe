package tunebook.bench;

import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Map;

/**
 * What a case came to, as {@code target/bench.json} has it; null where it was not measured.
 *
 * @param name of the case
 * @param tunebook median value
 * @param peer median value
 * @param peerName who that is
 * @param unit of the values
 * @param ratio median of tunebook / peer, pair by pair
 * @param low end of the ratio's interval
 * @param high end of the ratio's interval
 * @param goal of the ratio
 * @param goalWords with its direction
 * @param lossTunebook of the last unit
 * @param lossPeer of the last unit
 * @param besideTunebook what else was measured in the last unit, by name
 * @param besidePeer the same of the peer
 * @param pairs how many were measured
 * @param status {@code met}, {@code missed}, {@code measured} where there is no goal, or what
 *     failed
 */
record Row(
        String name,
        Double tunebook,
        Double peer,
        String peerName,
        String unit,
        Double ratio,
        Double low,
        Double high,
        Double goal,
        String goalWords,
        Double lossTunebook,
        Double lossPeer,
        Map<String, Double> besideTunebook,
        Map<String, Double> besidePeer,
        int pairs,
        String status) {
    static final String FAILED = "FAILED: ";

    /** A case that could not be measured, or should not have been. */
    static Row failed(Case which, String why) {
        return new Row(
                which.name(),
                null,
                null,
                which.peer().name(),
                which.unit(),
                null,
                null,
                null,
                which.goal().number(),
                which.goal().words(),
                null,
                null,
                Map.of(),
                Map.of(),
                0,
                FAILED + why);
    }

    /** As {@code target/bench.json} has them. */
    static String json(List<Row> rows) {
        return new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(rows) + "\n";
    }

    boolean failed() {
        return status.startsWith(FAILED);
    }
}
