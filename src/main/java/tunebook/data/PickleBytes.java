package tunebook.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tunebook.core.TunebookException;

/** The bytes of a pickle, read opcode by opcode; errors say where in the file. */
final class PickleBytes {
    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_NUMBER = 32;

    private final String where;
    private final ByteBuffer bytes;
    private int op;

    PickleBytes(String where, ByteBuffer bytes) {
        this.where = where;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The mark of the protocol, with which each pickle begins. */
    void begin() {
        if (next() != 0x80) throw broken("does not begin with its protocol");
        long protocol = unsigned(1);
        if (protocol < 2 || protocol > 5) throw broken("has protocol " + protocol);
    }

    int next() {
        need(1);
        op = bytes.position();
        return bytes.get() & 0xff;
    }

    /** A number of one, two, four or eight bytes; of eight, only those that fit into a long. */
    long unsigned(int width) {
        need(width);
        return switch (width) {
            case 1 -> bytes.get() & 0xff;
            case 2 -> bytes.getShort() & 0xffff;
            case 4 -> bytes.getInt() & 0xffffffffL;
            default -> {
                long value = bytes.getLong();
                if (value < 0) throw broken("has a length of " + Long.toUnsignedString(value));
                yield value;
            }
        };
    }

    /** A long, or a {@link BigInteger} where that is too small. */
    Object integer(int opcode) {
        return switch (opcode) {
            case 'K' -> (Object) unsigned(1);
            case 'M' -> unsigned(2);
            case 'J' -> (long) (int) unsigned(4);
            default -> digits(unsigned(opcode == 0x8a ? 1 : 4));
        };
    }

    private Object digits(long length) {
        if (length > LONGEST_NUMBER) throw broken("has a number of " + length + " bytes");
        if (length == 0) return 0L;
        byte[] digits = take(length);
        for (int i = 0, j = digits.length - 1; i < j; i++, j--) {
            byte low = digits[i];
            digits[i] = digits[j];
            digits[j] = low;
        }
        BigInteger value = new BigInteger(digits);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    double real() {
        need(Double.BYTES);
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    String text(int opcode) {
        return utf8(take(length(opcode)));
    }

    void skip(int opcode) {
        long length = length(opcode);
        need(length);
        bytes.position(bytes.position() + (int) length);
    }

    /** Reads over the length of a frame, which says nothing new. */
    void frame() {
        need(unsigned(Long.BYTES));
    }

    private long length(int opcode) {
        return switch (opcode) {
            case 'U', 'C', 0x8c -> unsigned(1);
            case 'X', 'T', 'B' -> unsigned(4);
            default -> unsigned(8);
        };
    }

    /** A line without its end. */
    String line() {
        int from = bytes.position();
        for (int i = from; i < Math.min(bytes.limit(), from + LONGEST_LINE); i++) {
            if (bytes.get(i) == '\n') {
                String line = utf8(take(i - from));
                bytes.get();
                return line;
            }
        }
        throw broken("has a name that does not end");
    }

    private String utf8(byte[] text) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            throw broken("has text that is not UTF-8");
        }
    }

    private byte[] take(long length) {
        need(length);
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    private void need(long length) {
        if (length > bytes.remaining())
            throw broken(
                    "is cut off: " + length + " bytes are due, " + bytes.remaining() + " left");
    }

    /** An error about how the file is written. */
    TunebookException broken(String what) {
        return new TunebookException(
                where + ", pickle at byte " + op, what, "download or write the file again");
    }

    /** An error about what the file asks for. */
    TunebookException refused(String what) {
        return new TunebookException(
                where + ", pickle at byte " + op,
                what + ", and a file of weights may hold tensors only; nothing of it was run",
                "take the model as safetensors, or from a source you trust save"
                        + " model.state_dict() alone with torch");
    }

    TunebookException refusedOpcode(int opcode) {
        String name =
                switch (opcode) {
                    case 'i' -> "INST, which builds any object";
                    case 'o' -> "OBJ, which builds any object";
                    case 'P' -> "PERSID, which refers to something outside";
                    case 0x82, 0x83, 0x84 -> "EXT, which stands for any object";
                    case 0x92 -> "NEWOBJ_EX, which builds any object";
                    case 0x97, 0x98 -> "a buffer that is not in the file";
                    default -> "0x%02x, which no torch file has".formatted(opcode);
                };
        return refused("has the opcode " + name);
    }
}
