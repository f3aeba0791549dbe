package tunebook.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import tunebook.core.TunebookException;

/**
 * Rows of a Parquet file with flat columns; every value becomes its text.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">the format</a>
 */
final class ParquetFile {
    private static final int MAGIC = 0x31524150;
    private static final int FRAME = 12;
    private static final long LARGEST_FOOTER = 1L << 26;
    private static final long MOST_CELLS = 20_000_000;
    private static final long MOST_TEXT = 1L << 30;

    private final String name;
    private final MessageType schema;
    private final List<String> columns = new ArrayList<>();
    private final List<Rows.Row> rows = new ArrayList<>();
    private final List<TunebookException> broken = new ArrayList<>();
    private long row;
    private long text;

    private ParquetFile(String name, MessageType schema) {
        this.name = name;
        this.schema = schema;
    }

    /**
     * The rows of a file; those with a null are broken.
     *
     * @throws TunebookException if the file is missing, broken or too large, or a column is nested
     */
    static Rows read(Path file) {
        String name = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new TunebookException(
                    name,
                    "there is no such file",
                    "check the path; it is looked up from " + Path.of("").toAbsolutePath());
        }
        try {
            long size = checkFrame(name, file);
            ParquetReadOptions options =
                    ParquetReadOptions.builder(new PlainParquetConfiguration())
                            .withCodecFactory(new ParquetCodecs())
                            .usePageChecksumVerification()
                            .build();
            try (ParquetFileReader reader =
                    ParquetFileReader.open(new LocalInputFile(file), options)) {
                ParquetFile parquet = new ParquetFile(name, reader.getFileMetaData().getSchema());
                parquet.read(reader, size);
                return new Rows(name, parquet.columns, parquet.rows, parquet.broken);
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            if (e instanceof TunebookException named) throw named;
            // The library throws whatever its arrays and its recursion do on broken files.
            throw broken(name, "is broken: " + e, e);
        }
    }

    /** Checks the ends of the file, and that its footer claims no more than there is. */
    private static long checkFrame(String name, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedFile bytes = new MappedFile(name, channel);
            long size = bytes.size();
            if (size < FRAME || bytes.slice(0, 4).getInt(0) != MAGIC)
                throw broken(name, "is no Parquet file: it does not begin with PAR1", null);
            ByteBuffer end = bytes.slice(size - 8, 8);
            if (end.getInt(4) != MAGIC)
                throw broken(name, "is cut off: it does not end with PAR1", null);
            long footer = end.getInt(0) & 0xffffffffL;
            if (footer > Math.min(size - FRAME, LARGEST_FOOTER))
                throw broken(
                        name,
                        "says its footer has " + footer + " bytes, the file has " + size,
                        null);
            ThriftBounds.check(name, bytes.slice(size - 8 - footer, footer));
            return size;
        }
    }

    private void read(ParquetFileReader reader, long size) throws IOException {
        for (Type column : schema.getFields()) {
            if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
                throw new TunebookException(
                        name,
                        "column " + HeaderReader.shown(column.getName()) + " is nested",
                        "write the file with one value a row in each column");
            }
            if (columns.contains(column.getName()))
                throw broken(
                        name,
                        "has the column " + HeaderReader.shown(column.getName()) + " twice",
                        null);
            columns.add(column.getName());
        }
        long cells = 0;
        for (BlockMetaData group : reader.getRowGroups()) {
            long count = group.getRowCount();
            if (count < 0 || count > MOST_CELLS) throw tooLarge();
            cells += count * Math.max(1, columns.size());
            if (cells > MOST_CELLS) throw tooLarge();
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                long from = chunk.getStartingPos();
                if (from < 0 || chunk.getTotalSize() < 0 || from > size - chunk.getTotalSize())
                    throw broken(
                            name,
                            "column "
                                    + HeaderReader.shown(chunk.getPath().toDotString())
                                    + " lies outside of the file",
                            null);
            }
        }
        String writer = reader.getFileMetaData().getCreatedBy();
        for (PageReadStore group = reader.readNextRowGroup();
                group != null;
                group = reader.readNextRowGroup()) rows(group, writer);
    }

    private void rows(PageReadStore group, String writer) {
        int count = Math.toIntExact(group.getRowCount());
        ColumnReadStoreImpl store =
                new ColumnReadStoreImpl(group, new ParquetCells.Nothing(), schema, writer);
        String[][] cells = new String[columns.size()][];
        for (int c = 0; c < cells.length; c++) {
            ColumnDescriptor column = schema.getColumns().get(c);
            checkCount(columns.get(c), group.getPageReader(column).getTotalValueCount(), count);
            cells[c] = column(store.getColumnReader(column), count);
        }
        for (int i = 0; i < count; i++) {
            String where = name + " row " + ++row;
            String[] values = new String[cells.length];
            String missing = null;
            for (int c = 0; c < values.length; c++) {
                values[c] = cells[c][i];
                if (values[c] == null) missing = columns.get(c);
            }
            if (missing == null) rows.add(new Rows.Row(where, Arrays.asList(values)));
            else
                broken.add(
                        new TunebookException(
                                where,
                                HeaderReader.shown(missing) + " is null",
                                "give each row a value in every column, or skipBad()"));
        }
    }

    private void checkCount(String column, long values, int rows) {
        if (values == rows) return;
        throw broken(
                name,
                "column "
                        + HeaderReader.shown(column)
                        + " has "
                        + values
                        + " values in a group of "
                        + rows
                        + " rows",
                null);
    }

    /** The column's values; null where there is none. */
    private String[] column(ColumnReader reader, int count) {
        ParquetCells cell = ParquetCells.of(name, reader.getDescriptor());
        int present = reader.getDescriptor().getMaxDefinitionLevel();
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            if (reader.getCurrentDefinitionLevel() == present) {
                values[i] = cell.text(reader);
                text += values[i].length();
                if (text > MOST_TEXT) throw tooLarge();
            }
            reader.consume();
        }
        return values;
    }

    private TunebookException tooLarge() {
        return new TunebookException(
                name,
                "has more than " + MOST_CELLS + " cells or " + MOST_TEXT + " characters",
                "take a part of it");
    }

    private static TunebookException broken(String name, String what, Throwable cause) {
        return new TunebookException(name, what, "download or write the file again", cause);
    }
}
