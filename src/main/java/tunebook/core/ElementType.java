package tunebook.core;

import java.nio.ByteBuffer;

/** How one number of a {@link Tensor} is stored, little-endian. */
public enum ElementType {
    /** IEEE 754 half precision. */
    F16(2) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return Half.toFloat(bytes.getShort(at));
        }

        @Override
        void put(ByteBuffer bytes, int at, double value) {
            bytes.putShort(at, Half.fromFloat((float) value));
        }
    },
    /** The upper half of a float. */
    BF16(2) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return Float.intBitsToFloat(bytes.getShort(at) << 16);
        }

        @Override
        void put(ByteBuffer bytes, int at, double value) {
            int bits = Float.floatToIntBits((float) value);
            bytes.putShort(at, (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16));
        }
    },
    /** IEEE 754 single precision. */
    F32(4) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return bytes.getFloat(at);
        }

        @Override
        void put(ByteBuffer bytes, int at, double value) {
            bytes.putFloat(at, (float) value);
        }
    },
    /** IEEE 754 double precision. */
    F64(8) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return bytes.getDouble(at);
        }

        @Override
        void put(ByteBuffer bytes, int at, double value) {
            bytes.putDouble(at, value);
        }
    },
    /** A signed 32-bit integer. */
    I32(4) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return bytes.getInt(at);
        }

        @Override
        void put(ByteBuffer bytes, int at, double value) {
            bytes.putInt(at, (int) value);
        }
    },
    /** A signed 64-bit integer. */
    I64(8) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return bytes.getLong(at);
        }

        @Override
        void put(ByteBuffer bytes, int at, double value) {
            bytes.putLong(at, (long) value);
        }
    };

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    abstract double get(ByteBuffer bytes, int at);

    abstract void put(ByteBuffer bytes, int at, double value);
}
