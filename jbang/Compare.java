///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.tunebook:tunebook:0.1.0-SNAPSHOT
//RUNTIME_OPTIONS -Xmx2g -XX:+UseSerialGC -Djava.awt.headless=true

import static tunebook.Tunebook.*;

/** {@code jbang jbang/Compare.java [table.csv textColumn labelColumn]}, after {@code ./mvnw -DskipTests install}. */
class Compare {
    public static void main(String... given) {
        var asked =
                given.length == 3
                        ? given
                        : new String[] {"datasets/clinic-reviews.csv", "review", "mood"};
        var data = table(asked[0]).text(asked[1]).label(asked[2]).split(0.7, 0.15, 0.15);
        var result =
                study("How should I tune for " + asked[0] + "?")
                        .backbone(pretrained("tiny-english"))
                        .data(data)
                        .recipes(fromScratch(), featureExtraction(), partial().last(1), lora(8), full())
                        .seeds(3)
                        .epochs(5)
                        .run();
        System.out.println(result.table().printAll());
        result.verdict().lines().forEach(System.out::println);
    }
}
