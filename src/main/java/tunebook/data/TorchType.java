package tunebook.data;

import java.nio.ByteBuffer;
import tunebook.core.ElementType;

/** What torch stores; integers below 32 bits are read as 32 bits, the narrowest there are here. */
enum TorchType {
    FLOAT("FloatStorage", "float32", 4, ElementType.F32),
    DOUBLE("DoubleStorage", "float64", 8, ElementType.F64),
    HALF("HalfStorage", "float16", 2, ElementType.F16),
    BFLOAT16("BFloat16Storage", "bfloat16", 2, ElementType.BF16),
    LONG("LongStorage", "int64", 8, ElementType.I64),
    INT("IntStorage", "int32", 4, ElementType.I32),
    SHORT("ShortStorage", "int16", 2, ElementType.I32),
    CHAR("CharStorage", "int8", 1, ElementType.I32),
    BYTE("ByteStorage", "uint8", 1, ElementType.I32),
    BOOL("BoolStorage", "bool", 1, ElementType.I32),
    /** Bytes; the tensor says what they are. */
    UNTYPED("UntypedStorage", "", 1, ElementType.I32);

    private final String storage;
    private final String dtype;
    private final int bytes;
    private final ElementType read;

    TorchType(String storage, String dtype, int bytes, ElementType read) {
        this.storage = storage;
        this.dtype = dtype;
        this.bytes = bytes;
        this.read = read;
    }

    String storage() {
        return storage;
    }

    String dtype() {
        return dtype;
    }

    int bytes() {
        return bytes;
    }

    ElementType read() {
        return read;
    }

    /** Whether bytes can be used as they are. */
    boolean asIs() {
        return bytes == read.bytes();
    }

    /** Moves one element. */
    void move(ByteBuffer from, int at, ByteBuffer to) {
        switch (this) {
            case SHORT -> to.putInt(from.getShort(at));
            case CHAR -> to.putInt(from.get(at));
            case BYTE, BOOL, UNTYPED -> to.putInt(from.get(at) & 0xff);
            case HALF, BFLOAT16 -> to.putShort(from.getShort(at));
            case FLOAT, INT -> to.putInt(from.getInt(at));
            case DOUBLE, LONG -> to.putLong(from.getLong(at));
        }
    }
}
