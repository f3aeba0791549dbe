package tunebook.data;

/** How things of daily use are drawn. */
final class DrawnThings {
    private DrawnThings() {}

    static void cup(Sketch s) {
        double wide = s.between(0.5, 0.62);
        double foot = wide * s.between(0.6, 1);
        double top = s.between(-0.45, -0.25);
        double low = s.between(0.55, 0.75);
        boolean open = s.chance(0.6);
        if (open) s.oval(-0.15, top, wide, s.between(0.1, 0.2));
        else s.line(-0.15 - wide, top, -0.15 + wide, top);
        if (s.chance(0.5)) {
            s.line(-0.15 - wide, top, -0.15 - foot, low, -0.15 + foot, low, -0.15 + wide, top);
        } else {
            s.curve(-0.15 - wide, top, -0.12 - wide, 0.3, -0.15 - foot * 0.6, low);
            s.line(-0.15 - foot * 0.6, low, -0.15 + foot * 0.6, low);
            s.curve(-0.15 + wide, top, -0.18 + wide, 0.3, -0.15 + foot * 0.6, low);
        }
        double reach = s.between(0.28, 0.4);
        double ear = (top + low) / 2 - 0.05;
        s.arc(-0.2 + wide, ear, reach, s.between(0.25, 0.34), -85, 85);
        if (s.chance(0.4)) s.arc(-0.2 + wide, ear, reach * 0.6, 0.18, -80, 80);
        if (s.chance(0.4)) s.curve(-0.9, low + 0.06, -0.15, low + 0.2, 0.6, low + 0.06);
        int steam = s.chance(0.5) ? s.count(1, 3) : 0;
        for (int i = 0; i < steam; i++) {
            double x = -0.15 + 0.3 * (i - (steam - 1) / 2.0);
            s.curve(x, top - 0.15, x + 0.1, top - 0.3, x - 0.06, top - 0.42, x + 0.05, top - 0.58);
        }
    }

    static void key(Sketch s) {
        s.turn(s.between(-50, 50));
        double bow = s.between(0.26, 0.36);
        double from = -0.95 + 2 * bow;
        if (s.chance(0.75)) s.oval(-0.95 + bow, 0, bow, bow * s.between(0.85, 1.1));
        else s.closed(-0.95, 0, -0.95 + bow, -bow, from, 0, -0.95 + bow, bow);
        if (s.chance(0.5)) s.oval(-0.95 + bow, 0, bow * 0.4, bow * 0.4);
        boolean thick = s.chance(0.4);
        double half = thick ? 0.07 : 0;
        s.line(from, -half, 0.95, -half);
        if (thick) s.line(from, half, 0.95, half, 0.95, -half);
        int teeth = s.count(2, 3);
        double deep = s.between(0.22, 0.36);
        boolean square = s.chance(0.5);
        for (int i = 0; i < teeth; i++) {
            double x = 0.9 - 0.22 * i;
            double own = deep * s.between(0.7, 1.1);
            if (square) s.line(x, half, x, half + own, x - 0.12, half + own, x - 0.12, half);
            else s.line(x, half, x, half + own);
        }
    }

    static void umbrella(Sketch s) {
        double high = s.between(0.7, 0.95);
        double wide = s.between(0.85, 0.98);
        s.arc(0, 0, wide, high, 180, 360);
        int scallops = s.count(3, 5);
        if (s.chance(0.8)) {
            double each = 2 * wide / scallops;
            for (int i = 0; i < scallops; i++)
                s.arc(-wide + each * (i + 0.5), 0, each / 2, 0.12, 180, 360);
            if (s.chance(0.6))
                for (int i = 1; i < scallops; i++)
                    s.curve(0, -high, (-wide + each * i) * 0.7, -high * 0.6, -wide + each * i, 0);
        } else {
            s.line(-wide, 0, wide, 0);
        }
        double end = s.between(0.7, 0.85);
        s.line(0, s.chance(0.5) ? -high : -0.05, 0, end);
        double hook = s.between(0.12, 0.2);
        s.arc(hook, end, hook, hook, 180, 0);
        if (s.chance(0.6)) s.line(0, -high, 0, -high - 0.12);
    }

    static void glasses(Sketch s) {
        double r = s.between(0.34, 0.42);
        double apart = s.between(0.5, 0.56);
        double flat = s.between(0.75, 1.05);
        boolean square = s.chance(0.35);
        boolean lenses = s.chance(0.3);
        for (int side = -1; side <= 1; side += 2) {
            double x = side * apart;
            double h = r * flat;
            if (square) s.closed(x - r, -h, x + r, -h, x + r * 0.85, h, x - r * 0.85, h);
            else s.oval(x, 0, r, h);
            if (lenses) s.line(x - r * 0.3, h * 0.4, x + r * 0.4, -h * 0.5);
        }
        double gap = apart - r;
        s.curve(-gap, -0.05, 0, s.between(-0.25, -0.12), gap, -0.05);
        boolean folded = s.chance(0.35);
        for (int side = -1; side <= 1; side += 2) {
            double x = side * (apart + r);
            if (folded) s.line(x, -0.1, x * 0.93, -0.6, x * 0.75, -0.7);
            else s.curve(x, -0.1, x * 1.08, -0.25, x * 1.02, -0.45);
        }
    }

    static void letter(Sketch s) {
        double high = s.between(0.5, 0.66);
        double wide = s.between(0.85, 0.97);
        s.closed(-wide, -high, wide, -high, wide, high, -wide, high);
        if (s.chance(0.7)) {
            double deep = s.between(-0.05, 0.25);
            s.line(-wide, -high, 0, deep, wide, -high);
            if (s.chance(0.5)) {
                s.line(-wide, high, -wide * 0.3, deep - 0.1);
                s.line(wide, high, wide * 0.3, deep - 0.1);
            }
            if (s.chance(0.25)) s.dot(0, deep, 0.1);
        } else if (s.chance(0.5)) {
            double up = s.between(0.35, 0.45);
            s.line(-wide, -high, 0, -high - up, wide, -high);
            s.line(-wide, -high, 0, 0.1, wide, -high);
        } else {
            s.closed(
                    wide - 0.4,
                    -high + 0.1,
                    wide - 0.1,
                    -high + 0.1,
                    wide - 0.1,
                    -high + 0.45,
                    wide - 0.4,
                    -high + 0.45);
            int rows = s.count(2, 3);
            for (int i = 0; i < rows; i++)
                s.curve(
                        -0.45,
                        0.05 + 0.2 * i,
                        -0.15,
                        0.01 + 0.2 * i,
                        0.1,
                        0.08 + 0.2 * i,
                        s.between(0.25, 0.5),
                        0.04 + 0.2 * i);
        }
    }

    static void bicycle(Sketch s) {
        double r = s.between(0.36, 0.44);
        double apart = s.between(0.54, 0.6);
        double y = 0.35;
        s.oval(-apart, y, r, r);
        s.oval(apart, y, r, r);
        double seat = -0.35;
        double pedal = s.between(-0.1, 0.05);
        double bar = apart * 0.7;
        s.line(-apart, y, -0.25, -0.15, pedal, y, -apart, y);
        s.line(-0.25, -0.15, bar - 0.05, -0.2, pedal, y);
        s.line(apart, y, bar - 0.1, seat - 0.15);
        if (s.chance(0.6)) s.curve(bar - 0.1, seat - 0.15, bar + 0.1, seat - 0.25, bar + 0.2, seat);
        else s.line(bar - 0.25, seat - 0.15, bar + 0.1, seat - 0.2);
        s.line(-0.25, -0.15, -0.32, seat);
        s.line(-0.48, seat - 0.02, -0.15, seat);
        if (s.chance(0.4)) s.dot(pedal, y, 0.08);
        if (s.chance(0.25)) {
            s.line(-apart - r, y, -apart + r, y);
            s.line(-apart, y - r, -apart, y + r);
            s.line(apart - r, y, apart + r, y);
            s.line(apart, y - r, apart, y + r);
        }
    }
}
