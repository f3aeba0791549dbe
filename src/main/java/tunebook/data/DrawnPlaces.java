package tunebook.data;

/** How what stands, floats and shines outside is drawn. */
final class DrawnPlaces {
    private DrawnPlaces() {}

    static void house(Sketch s) {
        double wide = s.between(0.6, 0.78);
        double eaves = s.between(-0.25, 0);
        double over = s.between(0, 0.18);
        double low = 0.95;
        s.line(-wide, eaves, -wide, low, wide, low, wide, eaves);
        if (s.chance(0.8)) {
            s.closed(-wide - over, eaves, 0, -0.95, wide + over, eaves);
        } else {
            double ridge = wide * s.between(0.55, 0.75);
            s.closed(-wide - over, eaves, -ridge, -0.75, ridge, -0.75, wide + over, eaves);
        }
        double door = s.chance(0.5) ? 0 : s.between(-0.3, 0.3);
        double leaf = s.between(0.13, 0.18);
        s.line(door - leaf, low, door - leaf, 0.42, door + leaf, 0.42, door + leaf, low);
        for (int side = -1; side <= 1; side += 2) {
            double x = side * wide * 0.6;
            if (Math.abs(x - door) < leaf + 0.15 || s.chance(0.25)) continue;
            s.closed(x - 0.13, 0.2, x + 0.13, 0.2, x + 0.13, 0.45, x - 0.13, 0.45);
        }
        if (s.chance(0.55)) {
            double x = wide * s.between(0.4, 0.55);
            double roof = eaves + (-0.95 - eaves) * (1 - x / wide);
            s.line(x - 0.1, roof - 0.06, x - 0.1, -0.9, x + 0.1, -0.9, x + 0.1, roof + 0.1);
        }
        if (s.chance(0.25)) s.oval(0, eaves - 0.3, 0.12, 0.12);
    }

    static void boat(Sketch s) {
        double deck = s.between(0.3, 0.45);
        double wide = s.between(0.85, 0.97);
        double keel = wide * s.between(0.5, 0.75);
        if (s.chance(0.6)) {
            s.closed(-wide, deck, wide, deck, keel, 0.82, -keel, 0.82);
        } else {
            s.line(-wide, deck, wide, deck);
            s.curve(-wide, deck, -keel, 0.75, 0, 0.85, keel, 0.75, wide, deck);
        }
        double mast = s.between(-0.15, 0.2);
        s.line(mast, deck, mast, -0.95);
        double reach = s.between(0.55, 0.8);
        if (s.chance(0.6)) {
            s.closed(mast, -0.92, mast + reach, deck - 0.15, mast, deck - 0.12);
            if (s.chance(0.65))
                s.closed(mast - 0.08, -0.7, mast - 0.6, deck - 0.15, mast - 0.08, deck - 0.13);
        } else {
            s.curve(mast, -0.9, mast + reach, -0.4, mast + 0.1, deck - 0.12);
            s.line(mast, deck - 0.12, mast + 0.1, deck - 0.12);
        }
        if (s.chance(0.35)) s.closed(mast, -0.95, mast - 0.28, -0.86, mast, -0.76);
        if (s.chance(0.5)) {
            double y = 0.95;
            s.curve(
                    -0.95, y, -0.7, y - 0.1, -0.45, y, -0.2, y - 0.1, 0.05, y, 0.3, y - 0.1, 0.6,
                    y);
        }
    }

    static void ladder(Sketch s) {
        if (s.chance(0.7)) {
            s.turn(s.between(-25, 25));
            double top = s.between(0.22, 0.34);
            double foot = top * s.between(1, 1.3);
            s.line(-top, -0.98, -foot, 0.98);
            s.line(top, -0.98, foot, 0.98);
            int rungs = s.count(4, 6);
            for (int i = 0; i < rungs; i++) {
                double y = -0.75 + 1.5 * i / (rungs - 1);
                double x = top + (foot - top) * (y + 0.98) / 1.96;
                s.line(-x, y + s.between(-0.03, 0.03), x, y + s.between(-0.03, 0.03));
            }
            return;
        }
        // a step ladder from the side
        double wide = s.between(0.5, 0.65);
        s.line(-0.12, -0.95, -wide - 0.12, 0.98);
        s.line(0.12, -0.95, 0.12 - wide * 0.55, 0.98);
        s.line(-0.12, -0.95, 0.16, -0.95);
        s.line(0.12, -0.95, wide + 0.15, 0.98);
        int rungs = s.count(4, 5);
        for (int i = 0; i < rungs; i++) {
            double y = -0.6 + 1.3 * i / (rungs - 1);
            double down = (y + 0.95) / 1.93;
            s.line(-0.12 - wide * down, y, 0.12 - wide * 0.55 * down, y);
        }
    }

    static void star(Sketch s) {
        int points = s.chance(0.75) ? 5 : s.count(4, 6);
        double start = -90 + s.between(-15, 15);
        if (points == 5 && s.chance(0.4)) {
            double[] across = new double[10];
            for (int i = 0; i < 5; i++) put(across, i, start + 144 * i, 0.97);
            s.closed(across);
            return;
        }
        double inner = points == 4 ? s.between(0.28, 0.38) : s.between(0.36, 0.52);
        double[] around = new double[4 * points];
        for (int i = 0; i < 2 * points; i++)
            put(around, i, start + 180.0 * i / points, i % 2 == 0 ? 0.97 : inner);
        s.closed(around);
    }

    private static void put(double[] points, int i, double degrees, double far) {
        points[2 * i] = far * Math.cos(Math.toRadians(degrees));
        points[2 * i + 1] = far * Math.sin(Math.toRadians(degrees));
    }

    static void sun(Sketch s) {
        double r = s.between(0.36, 0.5);
        int rays = s.count(7, 12);
        double start = s.between(0, 360);
        boolean pointed = s.chance(0.25);
        s.oval(0, 0, r, r);
        for (int i = 0; i < rays; i++) {
            double angle = start + 360.0 * i / rays;
            double near = r + s.between(0.1, 0.16);
            double far = s.between(0.8, 0.98);
            double[] ray = new double[4];
            put(ray, 0, angle, near);
            put(ray, 1, angle, far);
            if (pointed) {
                double[] tip = new double[6];
                double half = 130.0 / rays;
                put(tip, 0, angle - half, near - 0.06);
                put(tip, 1, angle, far);
                put(tip, 2, angle + half, near - 0.06);
                s.line(tip);
            } else {
                s.line(ray);
            }
        }
        if (s.chance(0.3)) {
            s.dot(-0.15, -0.1, 0.05);
            s.dot(0.15, -0.1, 0.05);
            s.arc(0, 0.02, 0.2, 0.2, 20, 160);
        }
    }
}
