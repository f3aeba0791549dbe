package tunebook.recipe;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tunebook.core.Linear;
import tunebook.core.Names;
import tunebook.core.Role;
import tunebook.core.TunebookException;
import tunebook.model.Model;
import tunebook.model.Outline;

/**
 * Which linear sites of the blocks a method changes.
 *
 * @param glob over their names
 * @param roles that they have; empty for any
 * @param last only in so many blocks from the top; 0 for all blocks
 */
public record Targets(String glob, Set<Role> roles, int last) {
    /** Every linear site of the blocks. */
    public static final Targets ALL = new Targets("*", Set.of(), 0);

    /** Checks the number of blocks. */
    public Targets {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        if (last < 0) {
            throw new TunebookException("last(" + last + ")", "is below 1", "give 1 or more");
        }
    }

    /** The sites whose names match. */
    public static Targets named(String glob) {
        return new Targets(glob, Set.of(), 0);
    }

    /** The sites that have one of these roles. */
    public static Targets of(Role... roles) {
        return new Targets("*", Set.of(roles), 0);
    }

    /** Of these only those in so many blocks from the top. */
    public Targets last(int blocks) {
        return new Targets(glob, roles, blocks);
    }

    /** Which they are, in words. */
    Setting setting() {
        String which =
                !roles.isEmpty()
                        ? roles.stream().map(Role::words).collect(Collectors.joining(", "))
                        : glob.equals("*") ? "every linear one" : glob;
        return Setting.of("sites", last == 0 ? which : which + " of the last " + last + " blocks");
    }

    /** Names of the sites on a backbone: found once, for the operations ask at every step. */
    Set<String> names(Outline base) {
        return chosen(base).map(Linear::name).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Linear> chosen(Outline base) {
        return linear(base).filter(s -> wants(s, base.model()));
    }

    private static Stream<Linear> linear(Outline base) {
        return base.sites().values().stream()
                .filter(Linear.class::isInstance)
                .map(Linear.class::cast);
    }

    /** Whether a site is among them; heads never are. */
    private boolean wants(Linear site, Model model) {
        int depth = model.depth(site.name());
        return depth >= 1
                && depth <= model.blocks()
                && (last == 0 || depth > model.blocks() - last)
                && (roles.isEmpty() || roles.contains(site.role()))
                && Names.glob(glob).matcher(site.name()).matches();
    }

    /**
     * The sites on a backbone.
     *
     * @param where the call, for the error
     * @throws TunebookException if there is none, with the nearest name
     */
    List<Linear> among(Outline base, String where) {
        if (last > base.model().blocks()) {
            throw new TunebookException(
                    where + ".last(" + last + ")",
                    base.name() + " has " + base.model().blocks() + " blocks",
                    "give at most " + base.model().blocks());
        }
        List<Linear> chosen = chosen(base).toList();
        if (chosen.isEmpty()) {
            List<String> endings =
                    linear(base)
                            .filter(s -> base.model().depth(s.name()) > 0)
                            .map(s -> s.name().substring(Math.max(0, s.name().lastIndexOf('.'))))
                            .distinct()
                            .toList();
            throw new TunebookException(
                    where + ".on(" + (roles.isEmpty() ? "\"" + glob + "\"" : roles) + ")",
                    "matches none of the linear sites of " + base.name(),
                    (roles.isEmpty() ? nearest(endings) : "") + "list all with backbone.sites()");
        }
        return chosen;
    }

    /** Whole names are meant to match: {@code query|value} lacks its stars. */
    private String nearest(List<String> endings) {
        return Arrays.stream(glob.split("\\|", -1))
                .map(part -> "*" + Names.nearest(part.replace("*", ""), endings).orElse(""))
                .distinct()
                .collect(Collectors.joining("|", "nearest is \"", "\"; "));
    }
}
