package tunebook.track;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads event files bit by bit, with a checksum of its own, and checks their frame. */
final class EventReader {
    /** An event; {@code version} or {@code tag} is null. */
    record Event(double time, long step, String version, String tag, float value) {}

    private EventReader() {}

    static List<Event> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertEquals(unmasked(in.getInt()), crc(length), "checksum of a length");
            byte[] data = new byte[(int) little(length).getLong()];
            in.get(data);
            assertEquals(unmasked(in.getInt()), crc(data), "checksum of an event");
            events.add(event(little(data)));
        }
        return events;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** TensorFlow's unmasking: (masked − delta) rotated left by 15. */
    private static int unmasked(int masked) {
        int rotated = masked - 0xa282ead8;
        return (rotated << 15) | (rotated >>> 17);
    }

    /** Castagnoli's polynomial, reflected, bit by bit. */
    static int crc(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int i = 0; i < 8; i++) crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
        }
        return ~crc;
    }

    private static Event event(ByteBuffer in) {
        double time = Double.NaN;
        long step = 0;
        String version = null;
        String tag = null;
        float value = Float.NaN;
        while (in.hasRemaining()) {
            switch ((int) number(in)) {
                case (1 << 3) | 1 -> time = in.getDouble();
                case 2 << 3 -> step = number(in);
                case (3 << 3) | 2 -> version = text(in);
                case (5 << 3) | 2 -> {
                    ByteBuffer summary = part(in);
                    assertEquals((1 << 3) | 2, number(summary));
                    ByteBuffer one = part(summary);
                    assertEquals(0, summary.remaining());
                    assertEquals((1 << 3) | 2, number(one));
                    tag = text(one);
                    assertEquals((2 << 3) | 5, number(one));
                    value = one.getFloat();
                    assertEquals(0, one.remaining());
                }
                default -> throw new AssertionError("a field that no event has");
            }
        }
        return new Event(time, step, version, tag, value);
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) return value;
        }
    }

    private static ByteBuffer part(ByteBuffer in) {
        byte[] bytes = new byte[(int) number(in)];
        in.get(bytes);
        return little(bytes);
    }

    private static String text(ByteBuffer in) {
        return new String(part(in).array(), StandardCharsets.UTF_8);
    }
}
