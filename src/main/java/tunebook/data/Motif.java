package tunebook.data;

import java.util.Locale;
import java.util.function.Consumer;

/** What {@link Drawings} show; a painter keeps nothing between two drawings. */
@SuppressWarnings("ImmutableEnumChecker")
enum Motif {
    BICYCLE(DrawnThings::bicycle),
    BOAT(DrawnPlaces::boat),
    CAT(DrawnNature::cat),
    CUP(DrawnThings::cup),
    FISH(DrawnNature::fish),
    FLOWER(DrawnNature::flower),
    GLASSES(DrawnThings::glasses),
    HOUSE(DrawnPlaces::house),
    KEY(DrawnThings::key),
    LADDER(DrawnPlaces::ladder),
    LETTER(DrawnThings::letter),
    MUSHROOM(DrawnNature::mushroom),
    STAR(DrawnPlaces::star),
    SUN(DrawnPlaces::sun),
    TREE(DrawnNature::tree),
    UMBRELLA(DrawnThings::umbrella);

    @SuppressWarnings("ImmutableEnumChecker") // painters keep nothing
    private final Consumer<Sketch> painter;

    Motif(Consumer<Sketch> painter) {
        this.painter = painter;
    }

    /** The label of its drawings. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Draws one of its shapes. */
    void draw(Sketch sketch) {
        painter.accept(sketch);
    }
}
