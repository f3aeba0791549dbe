package tunebook.study;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.Sha256;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.train.CurvePoint;

/**
 * SHA-256 over what a run left behind, every bit of every number. All NaN are one, and so are both
 * zeros: the store knows no others.
 */
final class Evidence {
    private final MessageDigest digest = Sha256.start();
    private final DataOutputStream out =
            new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));

    private Evidence() {}

    static String ofMarks(List<Mark> marks) {
        Evidence evidence = new Evidence();
        for (Mark mark : marks) {
            evidence.text(mark.id());
            evidence.text(mark.truth());
            evidence.text(mark.prediction());
            evidence.number(mark.score());
        }
        return evidence.hash();
    }

    static String ofCurve(List<CurvePoint> curve) {
        Evidence evidence = new Evidence();
        for (CurvePoint point : curve) {
            evidence.number(point.step());
            evidence.number(point.epoch());
            evidence.number(point.trainLoss());
            evidence.number(point.validationLoss());
            evidence.number(point.validationScore());
        }
        return evidence.hash();
    }

    /** As the store gives them back. */
    static Map<Metric, Double> ofMetrics(Map<Metric, Double> metrics) {
        Map<Metric, Double> positive = new LinkedHashMap<>(metrics);
        positive.replaceAll((metric, value) -> value + 0.0);
        return positive;
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            out.writeInt(bytes.length);
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void number(double value) {
        try {
            out.writeLong(Double.doubleToLongBits(value + 0.0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String hash() {
        return Sha256.end(digest);
    }
}
