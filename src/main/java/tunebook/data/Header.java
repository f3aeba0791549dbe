package tunebook.data;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.ElementType;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/**
 * The head of a safetensors file.
 *
 * @param dataStart where in the file the tensors' bytes begin
 * @param metadata what the file says about itself
 * @param entries the tensors in the order of their bytes, which leave no hole
 */
record Header(long dataStart, Map<String, String> metadata, List<Entry> entries) {
    /** Bytes before the header, which say how long it is. */
    static final int PREFIX = 8;

    static final String METADATA = "__metadata__";

    private static final long LONGEST = 100_000_000;

    /**
     * One tensor.
     *
     * @param begin first byte, counted from {@link #dataStart}
     * @param end byte after the last
     */
    record Entry(String name, ElementType type, Shape shape, long begin, long end) {
        long bytes() {
            return end - begin;
        }
    }

    /**
     * Reads how long the header is.
     *
     * @param prefix the file's first bytes, little-endian
     * @param fileSize bytes of the whole file
     */
    static long length(String where, ByteBuffer prefix, long fileSize) {
        if (fileSize < PREFIX) {
            throw new TunebookException(
                    where,
                    "ends after " + fileSize + " bytes, inside the length of its header",
                    "download or write the file again");
        }
        long length = prefix.getLong(0);
        if (length < 2 || length > LONGEST) {
            throw new TunebookException(
                    where,
                    "says its header has "
                            + Long.toUnsignedString(length)
                            + " bytes, allowed are 2 to "
                            + LONGEST,
                    "check that this is a safetensors file");
        }
        if (length > fileSize - PREFIX) {
            throw new TunebookException(
                    where,
                    "is cut off: its header has "
                            + length
                            + " bytes, the file only "
                            + (fileSize - PREFIX)
                            + " after the length",
                    "download or write the file again");
        }
        return length;
    }

    /** Reads the header's bytes and checks them against the size of the file. */
    static Header parse(String where, ByteBuffer json, long fileSize) {
        long dataStart = PREFIX + (long) json.remaining();
        HeaderReader reader = new HeaderReader(where);
        reader.read(json);
        List<Entry> entries = new ArrayList<>(reader.entries().values());
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        checkPlaces(where, entries, fileSize - dataStart);
        return new Header(dataStart, reader.metadata(), entries);
    }

    private static void checkPlaces(String where, List<Entry> entries, long bytes) {
        long at = 0;
        for (Entry entry : entries) {
            String tensor = where + ", tensor " + HeaderReader.shown(entry.name());
            if (entry.begin() != at) {
                throw new TunebookException(
                        tensor,
                        (entry.begin() < at ? "overlaps the one before: " : "leaves a hole: ")
                                + "begins at "
                                + entry.begin()
                                + ", the one before ends at "
                                + at,
                        "write the file again");
            }
            if (entry.end() > bytes) {
                throw new TunebookException(
                        tensor,
                        "is cut off: ends at "
                                + entry.end()
                                + ", the file has "
                                + bytes
                                + " bytes of data",
                        "download or write the file again");
            }
            at = entry.end();
        }
        if (at != bytes) {
            throw new TunebookException(
                    where,
                    "has " + (bytes - at) + " bytes after its last tensor",
                    "download or write the file again");
        }
    }

    /** The header of a file with these tensors. */
    static Header of(Weights weights, Map<String, String> metadata) {
        List<Entry> entries = new ArrayList<>();
        for (String name : weights.names()) {
            Tensor tensor = weights.get(name);
            entries.add(
                    new Entry(name, tensor.type(), tensor.shape(), 0, tensor.bytes().remaining()));
        }
        return placed(entries, metadata);
    }

    /** The header of a file with floats of these shapes. */
    static Header ofFloats(Map<String, Shape> shapes, Map<String, String> metadata) {
        List<Entry> entries = new ArrayList<>();
        shapes.forEach(
                (name, shape) -> {
                    long bytes = shape.elements() * ElementType.F32.bytes();
                    entries.add(new Entry(name, ElementType.F32, shape, 0, bytes));
                });
        return placed(entries, metadata);
    }

    /** One after another: widest elements first, so that all are aligned. */
    private static Header placed(List<Entry> entries, Map<String, String> metadata) {
        entries.sort(
                Comparator.<Entry>comparingInt(e -> -e.type().bytes()).thenComparing(Entry::name));
        List<Entry> placed = new ArrayList<>();
        long at = 0;
        for (Entry e : entries) {
            HeaderReader.checkName("weights to write", e.name());
            placed.add(new Entry(e.name(), e.type(), e.shape(), at, at + e.bytes()));
            at += e.bytes();
        }
        return new Header(0, new TreeMap<>(metadata), placed);
    }

    /** Bytes of the whole file. */
    long size() {
        return PREFIX + json().length + entries.stream().mapToLong(Entry::bytes).sum();
    }

    /** The header's bytes, filled up with spaces to a multiple of eight. */
    byte[] json() {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            if (!metadata.isEmpty()) {
                json.name(METADATA).beginObject();
                for (Map.Entry<String, String> entry : metadata.entrySet())
                    json.name(entry.getKey()).value(entry.getValue());
                json.endObject();
            }
            for (Entry entry : entries) {
                json.name(entry.name()).beginObject();
                json.name("dtype").value(entry.type().name());
                json.name("shape").beginArray();
                for (int size : entry.shape().sizes()) json.value(size);
                json.endArray();
                json.name("data_offsets").beginArray();
                json.value(entry.begin()).value(entry.end()).endArray();
                json.endObject();
            }
            json.endObject();
        } catch (IOException e) {
            throw new IllegalStateException("a string can always be written to", e);
        }
        int unaligned = text.toString().getBytes(StandardCharsets.UTF_8).length % 8;
        text.write(" ".repeat((8 - unaligned) % 8));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
