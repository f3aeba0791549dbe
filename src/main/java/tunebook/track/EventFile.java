package tunebook.track;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event files: TFRecords of the protocol buffer {@code Event}, each with its length
 * and two masked CRC-32C.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto">event.proto</a>
 */
final class EventFile {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    private EventFile() {}

    /**
     * A whole file.
     *
     * @param time of every event, seconds since 1970
     * @param scalars each an event, its value as a float
     */
    static byte[] of(double time, List<Scalar> scalars) {
        EventFile file = new EventFile();
        file.record(new Message().fixed64(WALL_TIME, time).text(FILE_VERSION, "brain.Event:2"));
        for (Scalar scalar : scalars) {
            Message value =
                    new Message()
                            .text(TAG, scalar.tag())
                            .fixed32(SIMPLE_VALUE, (float) scalar.value());
            file.record(
                    new Message()
                            .fixed64(WALL_TIME, time)
                            .varint(STEP, scalar.step())
                            .bytes(SUMMARY, new Message().bytes(VALUE, value.bytes()).bytes()));
        }
        return file.records.toByteArray();
    }

    private void record(Message event) {
        byte[] data = event.bytes();
        byte[] length = little(8).putLong(data.length).array();
        records.writeBytes(length);
        records.writeBytes(masked(length));
        records.writeBytes(data);
        records.writeBytes(masked(data));
    }

    private static byte[] masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return little(4).putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8).array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A protocol buffer, field by field. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message fixed64(int field, double value) {
            number((long) field << 3 | FIXED_64);
            out.writeBytes(little(8).putDouble(value).array());
            return this;
        }

        Message fixed32(int field, float value) {
            number((long) field << 3 | FIXED_32);
            out.writeBytes(little(4).putFloat(value).array());
            return this;
        }

        Message varint(int field, long value) {
            number((long) field << 3 | VARINT);
            number(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message bytes(int field, byte[] value) {
            number((long) field << 3 | BYTES);
            number(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private void number(long value) {
            for (; (value & ~0x7fL) != 0; value >>>= 7) out.write((int) ((value & 0x7f) | 0x80));
            out.write((int) value);
        }
    }
}
