package tunebook.data;

/** How living things are drawn. */
final class DrawnNature {
    private DrawnNature() {}

    static void fish(Sketch s) {
        double belly = s.between(0.32, 0.5);
        double tail = s.between(0.3, 0.5);
        double neck = s.between(0.3, 0.5);
        if (s.chance(0.55)) {
            // one stroke, crossing itself before the tail
            s.curve(1, -tail, neck, 0.04, -0.1, belly, -0.7, belly * 0.6, -0.95, 0);
            s.curve(1, tail, neck, -0.04, -0.1, -belly, -0.7, -belly * 0.6, -0.95, 0);
            s.line(1, -tail, s.between(0.75, 1), 0, 1, tail);
        } else {
            s.oval(-0.2, 0, 0.7, belly);
            s.closed(0.45, 0, 0.95, -tail, s.between(0.75, 0.95), 0, 0.95, tail);
        }
        s.dot(-0.6, -belly * 0.25, 0.07);
        if (s.chance(0.5)) s.arc(-0.75, 0, 0.4, 0.5, -50, 50);
        if (s.chance(0.4)) s.curve(-0.3, -belly, -0.1, -belly - 0.25, 0.2, -belly * 0.8);
        if (s.chance(0.4)) s.curve(-0.1, belly * 0.4, 0.1, belly * 0.7, 0.15, belly * 0.2);
        if (s.chance(0.3)) {
            for (int i = 0; i < s.count(2, 4); i++)
                s.arc(-0.1 + 0.2 * i, s.between(-0.1, 0.1), 0.1, 0.14, -80, 80);
        }
        if (s.chance(0.3)) s.line(-0.93, 0.06, -0.75, 0.08);
    }

    static void cat(Sketch s) {
        if (s.chance(0.6)) face(s, 0, 0.1, s.between(0.68, 0.82), s.between(0.58, 0.72));
        else sitting(s);
    }

    private static void face(Sketch s, double x, double y, double rx, double ry) {
        s.oval(x, y, rx, ry);
        double ear = s.between(1.3, 1.55);
        for (int side = -1; side <= 1; side += 2)
            s.line(
                    x + side * rx * 0.92, y - ry * 0.4,
                    x + side * rx * s.between(0.78, 0.92), y - ry * ear,
                    x + side * rx * 0.28, y - ry * 0.95);
        if (rx < 0.45) return;
        double eye = s.between(0.06, 0.1);
        for (int side = -1; side <= 1; side += 2) {
            if (s.chance(0.7)) s.dot(x + side * rx * 0.4, y - ry * 0.2, eye);
            else s.oval(x + side * rx * 0.4, y - ry * 0.2, 0.08, 0.13);
            int whiskers = s.count(2, 3);
            for (int i = 0; i < whiskers; i++)
                s.line(
                        x + side * rx * 0.45, y + ry * (0.25 + 0.12 * i),
                        x + side * rx * 1.25, y + ry * (0.05 + 0.3 * i));
        }
        s.closed(x - 0.07, y + 0.1, x + 0.07, y + 0.1, x, y + 0.18);
        if (s.chance(0.6)) {
            s.curve(x, y + 0.18, x - 0.1, y + 0.3, x - 0.2, y + 0.24);
            s.curve(x, y + 0.18, x + 0.1, y + 0.3, x + 0.2, y + 0.24);
        }
    }

    /** From behind or the side, with its tail. */
    private static void sitting(Sketch s) {
        double head = s.between(0.32, 0.4);
        face(s, -0.15, -0.5, head, head * 0.85);
        s.dot(-0.3, -0.55, 0.04);
        s.dot(0, -0.55, 0.04);
        double wide = s.between(0.42, 0.55);
        s.curve(-0.35, -0.22, -0.15 - wide, 0.4, -0.1 - wide, 0.95);
        s.curve(0.05, -0.22, wide - 0.15, 0.35, wide - 0.1, 0.95);
        s.line(-0.1 - wide, 0.95, wide - 0.1, 0.95);
        s.curve(
                wide - 0.1,
                0.85,
                0.75,
                0.8,
                0.9,
                0.4,
                0.7,
                s.between(-0.1, 0.15),
                0.85,
                s.between(-0.35, -0.15));
        for (int side = -1; side <= 1; side += 2)
            s.line(-0.15 + side * 0.1, -0.4, -0.15 + side * 0.5, -0.4 + s.between(-0.06, 0.06));
        if (s.chance(0.6)) s.line(-0.2, 0.3, -0.2, 0.93);
    }

    static void flower(Sketch s) {
        if (s.chance(0.7)) daisy(s);
        else tulip(s);
        double bend = s.between(-0.2, 0.2);
        double top = -0.05;
        s.curve(0, top, bend, 0.4, bend * 0.5, 0.98);
        int leaves = s.count(0, 2);
        for (int i = 0; i < leaves; i++) {
            double side = i == 0 ? 1 : -1;
            double at = 0.6 + 0.12 * i;
            s.curve(bend * 0.9, at + 0.2, side * 0.25, at - 0.12, side * 0.5, at - 0.15);
            s.curve(bend * 0.9, at + 0.2, side * 0.35, at + 0.12, side * 0.5, at - 0.15);
        }
    }

    private static void daisy(Sketch s) {
        int petals = s.count(5, 8);
        double middle = s.between(0.12, 0.18);
        double far = s.between(0.36, 0.42);
        double start = s.between(0, 360);
        s.oval(0, -0.48, middle, middle);
        for (int i = 0; i < petals; i++) {
            double angle = Math.toRadians(start + 360.0 * i / petals);
            double x = Math.cos(angle);
            double y = Math.sin(angle);
            double side = Math.min(0.2, 1.1 / petals);
            s.curve(
                    middle * x,
                    -0.48 + middle * y,
                    0.6 * far * x - side * y,
                    -0.48 + 0.6 * far * y + side * x,
                    1.2 * far * x,
                    -0.48 + 1.2 * far * y,
                    0.6 * far * x + side * y,
                    -0.48 + 0.6 * far * y - side * x,
                    middle * x,
                    -0.48 + middle * y);
        }
    }

    private static void tulip(Sketch s) {
        double wide = s.between(0.32, 0.42);
        double up = s.between(-0.95, -0.8);
        s.curve(0, -0.05, -wide, -0.25, -wide, up);
        s.curve(0, -0.05, wide, -0.25, wide, up);
        s.line(-wide, up, -wide / 2, up + 0.3, 0, up - 0.05, wide / 2, up + 0.3, wide, up);
        if (s.chance(0.5)) s.curve(-wide / 2, up + 0.3, -0.05, -0.3, 0, -0.06);
    }

    static void tree(Sketch s) {
        double trunk = s.between(0.09, 0.15);
        if (s.chance(0.5)) {
            crown(s);
            s.line(-trunk, 0.25, -trunk * 1.2, 0.98);
            s.line(trunk, 0.25, trunk * 1.2, 0.98);
            if (s.chance(0.4)) s.line(0, 0.25, -0.25, -0.15);
            if (s.chance(0.4)) s.line(0, 0.15, 0.25, -0.2);
        } else {
            double low = s.between(0.5, 0.62);
            fir(s, low);
            s.line(-trunk, low, -trunk, 0.98, trunk, 0.98, trunk, low);
        }
        if (s.chance(0.4)) s.line(-0.7, 0.98, 0.7, 0.98);
    }

    /** Cloud-like or round. */
    private static void crown(Sketch s) {
        if (s.chance(0.4)) {
            s.oval(0, -0.35, s.between(0.5, 0.68), s.between(0.52, 0.64));
            return;
        }
        int bumps = s.count(6, 8);
        double around = s.between(0.46, 0.56);
        double start = s.between(0, 360);
        for (int i = 0; i < bumps; i++) {
            double angle = start + 360.0 * i / bumps;
            double x = 1.1 * around * Math.cos(Math.toRadians(angle));
            double y = -0.35 + around * Math.sin(Math.toRadians(angle));
            double reach = 0.36 * 6 / bumps;
            s.arc(x, y, reach, reach, angle - 100, angle + 100);
        }
    }

    private static void fir(Sketch s, double low) {
        int tiers = s.count(2, 4);
        double tall = (low + 0.98) / (tiers + 0.4);
        if (s.chance(0.4)) {
            // one outline with teeth
            for (int side = -1; side <= 1; side += 2) {
                double[] edge = new double[4 * tiers + 2];
                edge[1] = -0.98;
                for (int i = 0; i < tiers; i++) {
                    double y = -0.98 + tall * (i + 1) + 0.4 * tall * (i + 1) / tiers;
                    double wide = 0.25 + 0.4 * (i + 1) / tiers;
                    edge[4 * i + 2] = side * wide;
                    edge[4 * i + 3] = y;
                    edge[4 * i + 4] = i == tiers - 1 ? 0 : side * wide * 0.45;
                    edge[4 * i + 5] = y - (i == tiers - 1 ? 0 : 0.05);
                }
                s.line(edge);
            }
            return;
        }
        for (int i = 0; i < tiers; i++) {
            double top = -0.98 + tall * i;
            double foot = top + 1.4 * tall;
            double wide = 0.3 + 0.38 * (i + 1) / tiers;
            s.line(0, top, -wide, foot, wide, foot, 0, top);
        }
    }

    static void mushroom(Sketch s) {
        double wide = s.between(0.7, 0.9);
        double high = s.between(0.65, 0.9);
        s.arc(0, 0, wide, high, 180, 360);
        if (s.chance(0.6)) s.line(-wide, 0, wide, 0);
        else s.curve(-wide, 0, -0.4, 0.14, 0.4, 0.14, wide, 0);
        double stem = s.between(0.17, 0.28);
        double foot = stem * s.between(1, 1.5);
        s.curve(-stem, 0.08, -stem * 0.9, 0.5, -foot, 0.95);
        s.curve(stem, 0.08, stem * 0.9, 0.5, foot, 0.95);
        s.curve(-foot, 0.95, 0, 1.02, foot, 0.95);
        int spots = s.chance(0.75) ? s.count(2, 4) : 0;
        for (int i = 0; i < spots; i++) {
            double x = wide * (-0.5 + i * 1.0 / Math.max(1, spots - 1));
            s.oval(x, -high * s.between(0.25, 0.55), 0.09, 0.09);
        }
    }
}
