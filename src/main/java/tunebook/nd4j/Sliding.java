package tunebook.nd4j;

import tunebook.core.Window;

/** Walks over the positions of every window of one image that lie in the image. */
final class Sliding {
    private Sliding() {}

    /** Calls for each, with the window's number, the pixel's, and the position in the window. */
    static void each(Window window, Visit visit) {
        Window.Axis v = window.vertical();
        Window.Axis h = window.horizontal();
        for (int oy = 0; oy < v.out(); oy++) {
            for (int ox = 0; ox < h.out(); ox++) {
                for (int ky = 0; ky < v.kernel(); ky++) {
                    int y = v.pixel(oy, ky);
                    if (y < 0 || y >= v.size()) continue;
                    for (int kx = 0; kx < h.kernel(); kx++) {
                        int x = h.pixel(ox, kx);
                        if (x >= 0 && x < h.size())
                            visit.at(oy * h.out() + ox, y * h.size() + x, ky * h.kernel() + kx);
                    }
                }
            }
        }
    }

    interface Visit {
        void at(int window, int pixel, int position);
    }
}
