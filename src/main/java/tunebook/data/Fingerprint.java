package tunebook.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import tunebook.core.Sha256;

/** SHA-256 over strings. */
public final class Fingerprint {
    private final MessageDigest digest = Sha256.start();

    private Fingerprint() {}

    /** Of some strings, in their order. */
    public static String of(List<String> strings) {
        return new Fingerprint().add(strings).hex();
    }

    /** Of all that a result can depend on: kind, labels, every example, the augmentation. */
    static String of(Dataset<?> data) {
        Fingerprint print = new Fingerprint();
        print.add(List.of(data.kind().name())).add(data.labels());
        for (List<? extends Example> part : List.of(data.train(), data.validation(), data.test())) {
            print.add(List.of(String.valueOf(part.size())));
            for (Example e : part) print.add(List.of(e.id(), e.content(), e.answer()));
        }
        if (!data.augmentation().equals(Augmentation.NONE)) {
            print.add(List.of(data.augmentation().toString()));
        }
        return print.hex();
    }

    /** Lengths before the strings: no two lists are written alike. */
    private Fingerprint add(List<String> strings) {
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return this;
    }

    private String hex() {
        return Sha256.end(digest);
    }
}
