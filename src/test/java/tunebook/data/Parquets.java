package tunebook.data;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes Parquet files with the library that reads them. */
@SuppressWarnings("deprecation") // its abstract methods still take Hadoop's configuration
final class Parquets {
    private Parquets() {}

    /**
     * Writes rows of flat values, each of the type that its column has; null is left out. Version 2
     * has checksums.
     */
    static Path write(
            Path file,
            String schema,
            List<Object[]> rows,
            CompressionCodecName codec,
            WriterVersion version,
            boolean dictionary)
            throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        try (ParquetWriter<Object[]> writer =
                new Builder(file, type)
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new Codecs())
                        .withCompressionCodec(codec)
                        .withWriterVersion(version)
                        .withDictionaryEncoding(dictionary)
                        .withPageRowCountLimit(1_000)
                        .withRowGroupRowCountLimit(5_000)
                        .withPageWriteChecksumEnabled(version == WriterVersion.PARQUET_2_0)
                        .build()) {
            for (Object[] row : rows) writer.write(row);
        }
        return file;
    }

    static Path write(Path file, String schema, Object[]... rows) throws IOException {
        return write(
                file,
                schema,
                Arrays.asList(rows),
                CompressionCodecName.UNCOMPRESSED,
                WriterVersion.PARQUET_1_0,
                true);
    }

    private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
        private final MessageType type;

        Builder(Path file, MessageType type) {
            super(new LocalOutputFile(file));
            this.type = type;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(
                org.apache.hadoop.conf.Configuration nothing) {
            return new Flat(type);
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration nothing) {
            return new Flat(type);
        }
    }

    private static final class Flat extends WriteSupport<Object[]> {
        private final MessageType type;
        private RecordConsumer to;

        Flat(MessageType type) {
            this.type = type;
        }

        @Override
        public WriteContext init(org.apache.hadoop.conf.Configuration nothing) {
            return new WriteContext(type, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration nothing) {
            return new WriteContext(type, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            to = consumer;
        }

        @Override
        public void write(Object[] row) {
            to.startMessage();
            for (int i = 0; i < row.length; i++) {
                if (row[i] == null) continue;
                String column = type.getFieldName(i);
                to.startField(column, i);
                add(row[i]);
                to.endField(column, i);
            }
            to.endMessage();
        }

        private void add(Object value) {
            if (value instanceof String text) to.addBinary(Binary.fromString(text));
            else if (value instanceof byte[] bytes)
                to.addBinary(Binary.fromConstantByteArray(bytes));
            else if (value instanceof Integer n) to.addInteger(n);
            else if (value instanceof Long n) to.addLong(n);
            else if (value instanceof Float n) to.addFloat(n);
            else if (value instanceof Double n) to.addDouble(n);
            else if (value instanceof Boolean b) to.addBoolean(b);
            else throw new AssertionError(value.getClass());
        }
    }

    private static final class Codecs implements CompressionCodecFactory {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName name) {
            return new BytesInputCompressor() {
                @Override
                public BytesInput compress(BytesInput plain) throws IOException {
                    byte[] bytes = plain.toInputStream().readAllBytes();
                    return BytesInput.from(
                            switch (name) {
                                case SNAPPY -> packed(new SnappyCompressor(), bytes);
                                case ZSTD -> packed(new ZstdCompressor(), bytes);
                                case LZ4_RAW -> packed(new Lz4Compressor(), bytes);
                                case GZIP -> gzip(bytes);
                                default -> bytes;
                            });
                }

                @Override
                public CompressionCodecName getCodecName() {
                    return name;
                }

                @Override
                public void release() {}
            };
        }

        private static byte[] packed(Compressor codec, byte[] bytes) {
            byte[] packed = new byte[codec.maxCompressedLength(bytes.length)];
            int n = codec.compress(bytes, 0, bytes.length, packed, 0, packed.length);
            return Arrays.copyOf(packed, n);
        }

        private static byte[] gzip(byte[] bytes) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes);
            }
            return packed.toByteArray();
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
            return new ParquetCodecs().getDecompressor(name);
        }

        @Override
        public void release() {}
    }
}
