package tunebook.data;

import java.util.Locale;

/** Filled shapes in the square from −1 to 1, y downwards. */
enum Silhouette {
    DISC {
        @Override
        boolean has(double x, double y) {
            return Math.hypot(x, y) < 0.85;
        }
    },
    SQUARE {
        @Override
        boolean has(double x, double y) {
            return Math.max(Math.abs(x), Math.abs(y)) < 0.72;
        }
    },
    TRIANGLE {
        @Override
        boolean has(double x, double y) {
            return y < 0.65 && y > 1.8 * Math.abs(x) - 0.85;
        }
    },
    STAR {
        @Override
        boolean has(double x, double y) {
            return Math.hypot(x, y) < points(x, y, 5, 0.42, 0.95);
        }
    },
    RING {
        @Override
        boolean has(double x, double y) {
            double r = Math.hypot(x, y);
            return r < 0.9 && r > 0.5;
        }
    },
    CROSS {
        @Override
        boolean has(double x, double y) {
            double near = Math.min(Math.abs(x), Math.abs(y));
            return near < 0.27 && Math.max(Math.abs(x), Math.abs(y)) < 0.88;
        }
    },
    CRESCENT {
        @Override
        boolean has(double x, double y) {
            return Math.hypot(x, y) < 0.9 && Math.hypot(x - 0.4, y) > 0.72;
        }
    },
    HEART {
        @Override
        boolean has(double x, double y) {
            double a = 1.25 * x;
            double b = -1.25 * y + 0.15;
            double c = a * a + b * b - 0.75;
            return c * c * c < a * a * b * b * b;
        }
    },
    ARROW {
        @Override
        boolean has(double x, double y) {
            boolean shaft = x < 0.15 && x > -0.9 && Math.abs(y) < 0.22;
            return shaft || (x >= 0.15 && x < 0.92 && Math.abs(y) < 0.85 * (0.92 - x));
        }
    },
    HEXAGON {
        @Override
        boolean has(double x, double y) {
            return Math.max(Math.abs(y), 0.866 * Math.abs(x) + 0.5 * Math.abs(y)) < 0.74;
        }
    },
    DROP {
        @Override
        boolean has(double x, double y) {
            if (y > 0.1) return Math.hypot(x, y - 0.25) < 0.62;
            return y > -0.95 && Math.abs(x) < 0.57 * Math.pow((y + 0.95) / 1.05, 1.3);
        }
    },
    FLOWER {
        @Override
        boolean has(double x, double y) {
            double petals = 0.62 + 0.28 * Math.cos(6 * Math.atan2(y, x));
            return Math.hypot(x, y) < petals;
        }
    },
    GEAR {
        @Override
        boolean has(double x, double y) {
            double r = Math.hypot(x, y);
            boolean tooth = Math.sin(10 * Math.atan2(y, x)) > 0;
            return r > 0.25 && r < (tooth ? 0.92 : 0.7);
        }
    },
    BOLT {
        @Override
        boolean has(double x, double y) {
            boolean upper = y < 0.1 && y > -0.95 && Math.abs(x + 0.35 * y - 0.05) < 0.3;
            return upper || (y >= -0.15 && y < 0.95 && Math.abs(x + 0.4 * y) < 0.42 * (0.95 - y));
        }
    };

    abstract boolean has(double x, double y);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How far a star reaches in a direction. */
    private static double points(double x, double y, int count, double inner, double outer) {
        double turn = Math.atan2(x, -y) * count / (2 * Math.PI);
        double away = 2 * Math.abs(turn - Math.rint(turn));
        return inner * outer / (inner * (1 - away) + outer * away);
    }
}
