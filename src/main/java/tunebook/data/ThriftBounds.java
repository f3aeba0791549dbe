package tunebook.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import tunebook.core.TunebookException;

/**
 * Walks over a struct in Thrift's compact protocol and checks that its lists and texts are no
 * longer than the bytes that are there, before anybody takes memory for them.
 *
 * @see <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">
 *     the protocol</a>
 */
final class ThriftBounds {
    private static final int DEEPEST = 40;

    private final String where;
    private final ByteBuffer bytes;

    private ThriftBounds(String where, ByteBuffer bytes) {
        this.where = where;
        this.bytes = bytes;
    }

    static void check(String where, ByteBuffer struct) {
        ThriftBounds walk = new ThriftBounds(where, struct.duplicate());
        try {
            walk.struct(0);
        } catch (BufferUnderflowException e) {
            throw walk.broken("is cut off");
        }
    }

    private void struct(int depth) {
        for (int head = next(); head != 0; head = next()) {
            if (head >>> 4 == 0) varint();
            int type = head & 15;
            if (type > 2) value(type, depth);
        }
    }

    private void value(int type, int depth) {
        if (depth > DEEPEST) throw broken("is nested deeper than " + DEEPEST);
        switch (type) {
            case 1, 2, 3 -> next();
            case 4, 5, 6 -> varint();
            case 7 -> skip(Double.BYTES);
            case 8 -> skip(varint());
            case 9, 10 -> list(depth);
            case 11 -> map(depth);
            case 12 -> struct(depth + 1);
            default -> throw broken("has a field of type " + type);
        }
    }

    private void list(int depth) {
        int head = next();
        long size = head >>> 4 == 15 ? varint() : head >>> 4;
        if (size < 0 || size > bytes.remaining())
            throw broken("says it has a list of " + Long.toUnsignedString(size));
        for (long i = 0; i < size; i++) value(head & 15, depth + 1);
    }

    private void map(int depth) {
        long size = varint();
        if (size < 0 || size > bytes.remaining())
            throw broken("says it has a map of " + Long.toUnsignedString(size));
        if (size == 0) return;
        int types = next();
        for (long i = 0; i < size; i++) {
            value(types >>> 4, depth + 1);
            value(types & 15, depth + 1);
        }
    }

    private int next() {
        return bytes.get() & 0xff;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int part = next();
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) return value;
        }
        throw broken("has a number of more than 64 bits");
    }

    private void skip(long length) {
        if (length < 0 || length > bytes.remaining())
            throw broken("says it has a text of " + Long.toUnsignedString(length) + " bytes");
        bytes.position(bytes.position() + (int) length);
    }

    private TunebookException broken(String what) {
        return new TunebookException(
                where, "its footer " + what, "download or write the file again");
    }
}
