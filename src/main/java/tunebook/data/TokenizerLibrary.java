package tunebook.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tunebook.core.TunebookException;

/**
 * The native tokenizer library. It comes in DJL's jar and is unpacked on first use, to {@code
 * DJL_CACHE_DIR} (environment or system property) or {@code ~/.djl.ai}. Left alone DJL would fetch
 * another build where it sees a GPU, and report each use to its makers: both are switched off.
 */
final class TokenizerLibrary {
    private static final String OFFLINE = "ai.djl.offline";
    private static final String NO_REPORT = "OPT_OUT_TRACKING";

    private TokenizerLibrary() {}

    static HuggingFaceTokenizer open(String where, String tokenizerJson) {
        load(where);
        byte[] bytes = tokenizerJson.getBytes(StandardCharsets.UTF_8);
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(bytes),
                    Map.of("truncation", "DO_NOT_TRUNCATE", "padding", "DO_NOT_PAD"));
        } catch (IOException | RuntimeException e) {
            throw new TunebookException(
                    where,
                    "is no tokenizer the library understands: " + e.getMessage(),
                    "check tokenizer.json, or give a vocab.txt instead",
                    e);
        }
    }

    /**
     * Loads the library without a network. Offline is DJL's word for all it does, and the person
     * may use DJL for more than this: so it holds only meanwhile.
     */
    private static synchronized void load(String where) {
        System.setProperty(NO_REPORT, "true");
        String before = System.getProperty(OFFLINE);
        System.setProperty(OFFLINE, "true");
        try {
            LibUtils.checkStatus();
        } catch (RuntimeException | LinkageError e) {
            throw new TunebookException(
                    where,
                    "the native tokenizer library cannot be loaded: " + innermost(e),
                    "make ~/.djl.ai writable, or set DJL_CACHE_DIR to a folder that is",
                    e);
        } finally {
            if (before == null) System.clearProperty(OFFLINE);
            else System.setProperty(OFFLINE, before);
        }
    }

    private static Throwable innermost(Throwable e) {
        return e.getCause() == null ? e : innermost(e.getCause());
    }
}
