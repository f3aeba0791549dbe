package tunebook.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tunebook.model.HeadKind;
import tunebook.model.ImageInput;
import tunebook.model.Model;
import tunebook.recipe.Adapter;

/** Plain Java that asks an exported model something, with nothing but ONNX Runtime. */
final class Snippets {
    private static final String CLASSES =
            """
            double sum = 0;
            for (float logit : {row}) sum += Math.exp(logit);
            for (int c = 0; c < labels.size(); c++)
                System.out.printf(Locale.ROOT, "%.4f %s%n", Math.exp({row}[c]) / sum, labels.get(c));\
            """;
    private static final Map<HeadKind, String> ANSWERS =
            Map.of(
                    HeadKind.CLASSIFIER,
                    CLASSES,
                    HeadKind.MULTI_LABEL,
                    """
                    for (int c = 0; c < labels.size(); c++)
                        System.out.printf(Locale.ROOT, "%.4f %s%n", 1 / (1 + Math.exp(-{row}[c])), labels.get(c));\
                    """,
                    HeadKind.REGRESSION,
                    "System.out.println({mean} + {deviation} * {row}[0]);",
                    HeadKind.TOKENS,
                    """
                    for (int t = 0; t < ids.length; t++) {
                        float[] row = ((float[][][]) logits)[0][t];
                        int most = 0;
                        for (int c = 1; c < row.length; c++) if (row[c] > row[most]) most = c;
                        System.out.println(tokens.piece(ids[t]) + " " + labels.get(most));
                    }\
                    """,
                    HeadKind.LANGUAGE,
                    """
                    float[] row = ((float[][][]) logits)[0][ids.length - 1];
                    int most = 0;
                    for (int c = 1; c < row.length; c++) if (row[c] > row[most]) most = c;
                    System.out.println(texts[0] + tokens.piece(most)); // the word that comes next\
                    """,
                    HeadKind.SPANS,
                    """
                    float[][] scores = ((float[][][]) logits)[0];
                    int first = begin, last = begin;
                    for (int from = begin; from < end; from++)
                        for (int to = from; to < Math.min(end, from + 30); to++)
                            if (scores[from][0] + scores[to][1] > scores[first][0] + scores[last][1]) {
                                first = from;
                                last = to;
                            }
                    StringBuilder answer = new StringBuilder();
                    for (int t = first; t <= last; t++) answer.append(' ').append(tokens.piece(ids[t]));
                    System.out.println(answer.toString().replace(" ##", "").strip());\
                    """);

    private static final Map<String, String> ONE_TEXT =
            Map.of(
                    "about",
                    "about the text that stands behind its name",
                    "ids",
                    "        long[] ids = tokens.of(texts[0], {{limit}});",
                    "segments",
                    "");
    private static final Map<String, String> TWO_TEXTS =
            Map.of(
                    "about",
                    "a question on a passage, which stand behind its name",
                    "ids",
                    """
                            long[] question = tokens.of(texts[0], {{limit}} / 2);
                            long[] passage = tokens.of(texts[1], {{limit}} - question.length + 1); // what is longer is cut
                            int begin = question.length, end = begin + passage.length - 2;
                            long[] ids = Arrays.copyOf(question, end + 1);
                            System.arraycopy(passage, 1, ids, begin, passage.length - 1);\
                    """,
                    "segments",
                    """
                                    if (name.equals("token_type_ids")) Arrays.fill(row, begin, row.length, 1);
                    """);

    private Snippets() {}

    /**
     * The files of the example, by name; none where the model reads what plain Java does not.
     *
     * @param file the graph's
     * @param limit most tokens of a text
     */
    static Map<String, String> of(
            Model model, Optional<Cutting> cutting, Adapter adapter, String file, int limit) {
        if (!ANSWERS.containsKey(adapter.head())) return Map.of();
        Map<String, String> values = new TreeMap<>();
        values.put("file", file);
        values.put("answer", answer(adapter));
        if (model.sees().isPresent()) {
            picture(model.sees().get(), values);
            return Map.of("Example.java", filled("Pictures", values));
        }
        if (cutting.isEmpty()) return Map.of();
        boolean two = adapter.head() == HeadKind.SPANS;
        // how two texts are joined is known of BERT alone
        if (two && !cutting.get().template().equals(Cutting.WORD_PIECE)) return Map.of();
        values.putAll(two ? TWO_TEXTS : ONE_TEXT);
        Map<String, String> files = new TreeMap<>();
        files.put(
                "Example.java",
                filled("Texts", values).replace("{{limit}}", String.valueOf(limit)));
        files.put("Tokens.java", filled(cutting.get().template(), cutting.get().values()));
        files.putAll(cutting.get().files());
        return files;
    }

    private static String answer(Adapter adapter) {
        return ANSWERS.get(adapter.head())
                .replace("{row}", "((float[][]) logits)[0]")
                .replace("{mean}", String.valueOf(adapter.scale().mean()))
                .replace("{deviation}", String.valueOf(adapter.scale().deviation()))
                .lines()
                .map(line -> " ".repeat(12) + line)
                .collect(Collectors.joining("\n"));
    }

    private static void picture(ImageInput image, Map<String, String> values) {
        values.put("mean", numbers(image.mean()));
        values.put("deviation", numbers(image.deviation()));
        values.put("height", String.valueOf(image.height()));
        values.put("width", String.valueOf(image.width()));
        values.put("sizes", "[" + image.height() + "][" + image.width() + "]");
    }

    private static String numbers(List<Double> some) {
        return some.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String filled(String template, Map<String, String> values) {
        String code = read(template + ".java.txt");
        for (Map.Entry<String, String> value : values.entrySet())
            code = code.replace("{{" + value.getKey() + "}}", value.getValue());
        return code;
    }

    private static String read(String name) {
        try (InputStream in = Snippets.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
