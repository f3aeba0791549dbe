package tunebook.track;

import java.text.Normalizer;
import java.util.regex.Pattern;
import tunebook.study.RunResult;

/** Names of folders that every file system takes, in ASCII. */
final class FolderName {
    private static final int LONGEST = 60;
    private static final Pattern SAFE = Pattern.compile("[\\w(][\\w ().,+=-]*", Pattern.DOTALL);
    private static final Pattern UNSAFE = Pattern.compile("[^\\w ().,+=-]");
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)([ .].*)?", Pattern.DOTALL);

    private FolderName() {}

    /** Of a run; recipes with different names may have to share it on some file systems. */
    static String of(RunResult run) {
        return safe(run.recipe()) + "-seed" + run.seed();
    }

    /** A name as it is where that is harmless, else what is harmless of it and a hash. */
    static String safe(String name) {
        if (name.length() <= LONGEST
                && SAFE.matcher(name).matches()
                && !DEVICE.matcher(name).matches()) return name;
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
        String clean = UNSAFE.matcher(plain).replaceAll("_").replaceFirst("^[^\\w(]+", "");
        String brief = clean.substring(0, Math.min(LONGEST, clean.length()));
        return "_" + brief + "-" + Identity.brief(name);
    }
}
