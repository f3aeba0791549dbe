package tunebook.core;

import java.util.Locale;

/** What a linear site does in its block: fine-tuning methods choose sites by it. */
public enum Role {
    /** Makes attention's queries. */
    QUERY,
    /** Makes attention's keys. */
    KEY,
    /** Makes attention's values. */
    VALUE,
    /** Makes queries, keys and values in one product. */
    QUERY_KEY_VALUE,
    /** Mixes the heads: attention's last product. */
    OUTPUT,
    /** The feed-forward part's first product. */
    UP,
    /** The feed-forward part's last product. */
    DOWN,
    /** Anything else: poolers, heads, what a method adds. */
    OTHER;

    /** As a text has it: {@code query key value}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
