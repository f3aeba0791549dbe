package tunebook.core;

/** IEEE 754 half precision in the low 16 bits of a short; JDK 17 has no conversion of its own. */
final class Half {
    private Half() {}

    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0x1f) return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
        if (exponent == 0) {
            float tiny = fraction * 0x1p-24f;
            return sign == 0 ? tiny : -tiny;
        }
        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
    }

    /** Rounds to nearest, ties to even; what is too large becomes infinite. */
    static short fromFloat(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) return (short) (sign | 0x7e00);
        if (magnitude >= 0x477ff000) return (short) (sign | 0x7c00);
        if (magnitude < 0x38800000) {
            return (short) (sign | Math.round(Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24)));
        }
        int rounded = magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1);
        return (short) (sign | (rounded >>> 13));
    }
}
