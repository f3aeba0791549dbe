package tunebook.data;

import java.util.Locale;

/**
 * What a surface is made of: how much of its second colour stands at a place. One unit is about the
 * distance from one stripe, brick or dot to the next.
 */
enum Weave {
    STRIPES {
        @Override
        double at(double x, double y, Noise noise) {
            return soft(Math.sin(2 * Math.PI * x));
        }
    },
    CHECKS {
        @Override
        double at(double x, double y, Noise noise) {
            return soft(3 * Math.sin(Math.PI * x) * Math.sin(Math.PI * y));
        }
    },
    DOTS {
        @Override
        double at(double x, double y, Noise noise) {
            return soft(6 * (0.32 - Math.hypot(part(x) - 0.5, part(y) - 0.5)));
        }
    },
    BRICKS {
        @Override
        double at(double x, double y, Noise noise) {
            double row = Math.floor(y);
            double along = part(x / 2 + (row % 2 == 0 ? 0 : 0.5));
            double joint = Math.min(Math.min(along, 1 - along) * 2, Math.min(part(y), 1 - part(y)));
            return soft(12 * (0.1 - joint));
        }
    },
    WAVES {
        @Override
        double at(double x, double y, Noise noise) {
            return soft(Math.sin(2 * Math.PI * (y + 0.35 * Math.sin(Math.PI * x))));
        }
    },
    WOOD {
        @Override
        double at(double x, double y, Noise noise) {
            double grain = y + 1.5 * noise.at(x / 5, y / 2) + 0.1 * noise.at(3 * x, 8 * y);
            return 0.5 + 0.5 * Math.sin(2 * Math.PI * grain);
        }
    },
    MARBLE {
        @Override
        double at(double x, double y, Noise noise) {
            double veins =
                    Math.abs(Math.sin(Math.PI * (x + y) / 2 + 5 * noise.rough(x / 2, y / 2)));
            return Math.pow(1 - veins, 3);
        }
    },
    GRAIN {
        @Override
        double at(double x, double y, Noise noise) {
            return noise.at(4 * x, 4 * y);
        }
    },
    CLOUDS {
        @Override
        double at(double x, double y, Noise noise) {
            return soft(5 * (noise.rough(x / 2, y / 2) - 0.5));
        }
    },
    SCALES {
        @Override
        double at(double x, double y, Noise noise) {
            double row = Math.floor(2 * y);
            double dx = part(x + (row % 2 == 0 ? 0 : 0.5)) - 0.5;
            double dy = part(2 * y) / 2;
            return soft(14 * (Math.hypot(dx, dy) - 0.42));
        }
    },
    RINGS {
        @Override
        double at(double x, double y, Noise noise) {
            return soft(Math.sin(2 * Math.PI * Math.hypot(x, y)));
        }
    },
    CLOTH {
        @Override
        double at(double x, double y, Noise noise) {
            boolean over = Math.floorMod((long) Math.floor(x) + (long) Math.floor(y), 2L) == 0;
            double across = over ? part(x) : part(y);
            return (over ? 0.2 : 0.6) + 0.4 * Math.sin(Math.PI * across) * (over ? 1 : -1);
        }
    };

    /** From 0 to 1. */
    abstract double at(double x, double y, Noise noise);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static double part(double x) {
        return x - Math.floor(x);
    }

    /** From 0 to 1 with an edge that is not hard. */
    private static double soft(double x) {
        return 1 / (1 + Math.exp(-5 * x));
    }
}
