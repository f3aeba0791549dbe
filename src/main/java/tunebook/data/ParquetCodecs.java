package tunebook.data;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Unpacks the pages of Parquet files in Java: Snappy, Zstandard, LZ4 and gzip. */
final class ParquetCodecs implements CompressionCodecFactory {
    private static final int LARGEST_PAGE = 1 << 28;

    /** Fills the array. */
    private interface Codec {
        void unpack(byte[] packed, byte[] plain) throws IOException;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return switch (name) {
            case UNCOMPRESSED -> new Pages(ParquetCodecs::copy);
            case SNAPPY ->
                    new Pages((packed, plain) -> all(new SnappyDecompressor(), packed, plain));
            case ZSTD -> new Pages((packed, plain) -> all(new ZstdDecompressor(), packed, plain));
            case LZ4_RAW -> new Pages((packed, plain) -> all(new Lz4Decompressor(), packed, plain));
            case GZIP -> new Pages(ParquetCodecs::gzip);
            case LZ4, LZO, BROTLI ->
                    throw new IllegalArgumentException(
                            name + " is not read; write the file with snappy, zstd or gzip");
        };
    }

    private static void copy(byte[] packed, byte[] plain) throws IOException {
        if (packed.length != plain.length) throw new EOFException("a page is cut off");
        System.arraycopy(packed, 0, plain, 0, plain.length);
    }

    private static void all(Decompressor codec, byte[] packed, byte[] plain) throws IOException {
        int n = codec.decompress(packed, 0, packed.length, plain, 0, plain.length);
        if (n != plain.length) throw new EOFException("a page is cut off");
    }

    private static void gzip(byte[] packed, byte[] plain) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            if (in.readNBytes(plain, 0, plain.length) != plain.length || in.read() >= 0)
                throw new EOFException("a page is shorter or longer than it says");
        }
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public void release() {}

    private record Pages(Codec codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            return BytesInput.from(unpacked(packed.toInputStream().readAllBytes(), size));
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer to, int size)
                throws IOException {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            to.put(unpacked(bytes, size));
        }

        private byte[] unpacked(byte[] packed, int size) throws IOException {
            if (size < 0 || size > LARGEST_PAGE)
                throw new IOException("a page says it has " + size + " bytes");
            byte[] plain = new byte[size];
            codec.unpack(packed, plain);
            return plain;
        }

        @Override
        public void release() {}
    }
}
