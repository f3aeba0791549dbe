package tunebook.deploy;

import tunebook.model.HeadKind;
import tunebook.study.Tuned;
import tunebook.view.Markdown;

/** The page that lies in the folder. */
final class Guide {
    private Guide() {}

    static String of(Tuned tuned, Deployed deployed, boolean example) {
        boolean texts = tuned.backbone().model().reads().isPresent();
        StringBuilder page = new StringBuilder("# A tuned model for ONNX Runtime\n\n");
        page.append(
                texts
                        ? "`input_ids`, `attention_mask` and, where the graph asks for it,"
                                + " `token_type_ids`: whole numbers [batch, length], padded behind"
                                + " with 0; at most "
                                + tuned.textTokens()
                                + " tokens a text. "
                        : "`pixel_values`: [batch, channels, height, width]. ");
        page.append(
                "Out come `logits`; batch and length are free. Opset 17, standard operators alone.\n\n");
        page.append(Markdown.table(deployed.table())).append('\n');
        deployed.notes().forEach(note -> page.append(note).append('\n'));
        page.append(
                "\nfloat16 keeps the weights in half the room and computes in float32. int8 keeps");
        page.append(" matrices as bytes with a scale for each output, and multiplies bytes;");
        page.append(" convolutions are made floats again.\n\n");
        page.append(
                example
                        ? "The example, in this folder, with `onnxruntime.jar` of"
                                + " `com.microsoft.onnxruntime:onnxruntime`:\n\n```\njavac -cp"
                                + " onnxruntime.jar *.java\njava -cp onnxruntime.jar:. Example "
                                + asked(tuned.adapter().head(), texts)
                                + "\n```\n"
                        : "There is no example: this model's answers, or its tokenizer, take more"
                                + " than a page of plain Java. `tokenizer.json` is Hugging Face's"
                                + " format.\n");
        return page.toString();
    }

    private static String asked(HeadKind head, boolean texts) {
        if (head == HeadKind.SPANS) return "\"a question\" \"a passage\"";
        return texts ? "\"a text\"" : "picture.png";
    }
}
