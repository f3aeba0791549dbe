package tunebook.data;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveStringifier;
import org.apache.parquet.schema.PrimitiveType;
import tunebook.core.TunebookException;

/** Gives the text of the value at which a column's reader stands. */
@FunctionalInterface
interface ParquetCells {
    String text(ColumnReader reader);

    /** For a column: numbers, dates and times as the format's own texts, bytes as UTF-8. */
    static ParquetCells of(String where, ColumnDescriptor column) {
        PrimitiveType type = column.getPrimitiveType();
        PrimitiveStringifier text = type.stringifier();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> reader -> text.stringify(reader.getBoolean());
            case INT32 -> reader -> text.stringify(reader.getInteger());
            case INT64 -> reader -> text.stringify(reader.getLong());
            case FLOAT -> reader -> text.stringify(reader.getFloat());
            case DOUBLE -> reader -> text.stringify(reader.getDouble());
            case BINARY -> isText(type) ? utf8(where, type.getName()) : bytes(text);
            case INT96, FIXED_LEN_BYTE_ARRAY -> bytes(text);
        };
    }

    private static boolean isText(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return meaning == null
                || meaning.equals(LogicalTypeAnnotation.stringType())
                || meaning.equals(LogicalTypeAnnotation.jsonType())
                || meaning.equals(LogicalTypeAnnotation.enumType());
    }

    private static ParquetCells bytes(PrimitiveStringifier text) {
        return reader -> text.stringify(reader.getBinary());
    }

    private static ParquetCells utf8(String where, String column) {
        return reader -> {
            Binary bytes = reader.getBinary();
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(bytes.toByteBuffer()).toString();
            } catch (CharacterCodingException e) {
                throw new TunebookException(
                        where + ", column " + HeaderReader.shown(column),
                        "holds bytes that are not text in UTF-8",
                        "write the file without that column",
                        e);
            }
        };
    }

    /** Stands where the library would build records, which nobody asks for. */
    final class Nothing extends GroupConverter {
        @Override
        public Converter getConverter(int field) {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
