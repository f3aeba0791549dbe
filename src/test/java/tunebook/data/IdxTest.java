package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static tunebook.data.Errors.assertSays;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Shape;

class IdxTest {
    @TempDir Path folder;

    private static byte[] idx(int type, byte[] values, int... sizes) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
        file.put(new byte[] {0, 0, (byte) type, (byte) sizes.length});
        for (int size : sizes) file.putInt(size);
        return file.put(values).array();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("images.idx"), bytes);
    }

    @Test
    void picturesAndLabelsAreReadPlainAndPacked() throws IOException {
        byte[] values = new byte[2 * 3 * 2];
        for (int i = 0; i < values.length; i++) values[i] = (byte) (250 + i);
        for (byte[] bytes :
                new byte[][] {idx(8, values, 2, 3, 2), Tar.gzip(idx(8, values, 2, 3, 2))}) {
            Idx read = Idx.read(file(bytes));
            assertEquals(Shape.of(2, 3, 2), read.shape());
            assertArrayEquals(values, read.values());
            Picture second = read.picture(1);
            assertEquals("3 2 1", second.height() + " " + second.width() + " " + second.channels());
            assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, second.floats());
        }
        Idx labels = Idx.read(file(idx(8, new byte[] {7, 2, 1}, 3)));
        assertArrayEquals(new byte[] {7, 2, 1}, labels.values());
        assertSays(() -> labels.picture(0), "picture(0)", "shape is [3]", "[pictures, height");
    }

    @Test
    void whatIsBrokenIsNamed() throws IOException {
        byte[] good = idx(8, new byte[12], 2, 3, 2);
        assertSays(() -> Idx.read(folder.resolve("none")), "no such file");
        assertSays(() -> Idx.read(file(new byte[0])), "images.idx", "is no IDX file");
        assertSays(() -> Idx.read(file(new byte[] {'P', 'K', 3, 4})), "is no IDX file");
        assertSays(() -> Idx.read(file(new byte[] {0, 0, 8, 0})), "is no IDX file");
        assertSays(() -> Idx.read(file(new byte[] {0, 0, 8, 9})), "is no IDX file");
        assertSays(() -> Idx.read(file(idx(0x0d, new byte[4], 1))), "type 0x0d, not unsigned");
        assertSays(() -> Idx.read(file(Arrays.copyOf(good, 9))), "inside of its sizes");
        assertSays(() -> Idx.read(file(Arrays.copyOf(good, 27))), "cut off: 11 bytes of 12");
        assertSays(() -> Idx.read(file(Arrays.copyOf(good, 29))), "goes on after its 12 bytes");
        assertSays(() -> Idx.read(file(idx(8, new byte[4], -1))), "more than 1073741824");
        assertSays(() -> Idx.read(file(idx(8, new byte[4], 1 << 16, 1 << 16))), "more than");
        byte[] packed = Tar.gzip(good);
        assertSays(
                () -> Idx.read(file(Arrays.copyOf(packed, packed.length - 4))),
                "cut off or broken");
        packed[packed.length - 6]++;
        assertSays(() -> Idx.read(file(packed)), "cut off or broken");
    }

    @Test
    void aHeaderThatLiesCostsNoMemory() throws IOException {
        Path file = file(idx(8, new byte[4], 1 << 15, 1 << 15));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertSays(() -> Idx.read(file), "cut off: 4 bytes of 1073741824");
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(0, taken / (8 << 20), taken + " bytes");
    }
}
