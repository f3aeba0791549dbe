package tunebook.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Content;
import tunebook.data.Dataset;
import tunebook.data.HuggingFaceTokens;
import tunebook.data.SafeTensors;

/** How values of a kind are written down, and read. */
enum Form {
    NONE('0', Void.class) {
        @Override
        void write(Object value, DataOutputStream out) {}

        @Override
        Object read(DataInputStream in) {
            return null;
        }
    },
    BOOLEAN('z', Boolean.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeBoolean((Boolean) value);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return in.readBoolean();
        }
    },
    INT('i', Integer.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeInt((Integer) value);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return in.readInt();
        }
    },
    LONG('l', Long.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeLong((Long) value);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return in.readLong();
        }
    },
    DOUBLE('d', Double.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeLong(Double.doubleToRawLongBits((Double) value));
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Double.longBitsToDouble(in.readLong());
        }
    },
    TEXT('s', String.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.text((String) value, out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Plain.text(in);
        }
    },
    BYTES('b', byte[].class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.bytes((byte[]) value, out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Plain.block(in);
        }
    },
    LIST('a', List.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.all((List<?>) value, out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Plain.all(in);
        }
    },
    SET('u', Set.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.all((Set<?>) value, out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return new LinkedHashSet<>(Plain.all(in));
        }
    },
    MAP('m', Map.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Map<?, ?> map = (Map<?, ?>) value;
            Plain.all(map.keySet(), out);
            Plain.all(map.values(), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            Map<Object, Object> map = new LinkedHashMap<>();
            List<Object> keys = Plain.all(in);
            List<Object> values = Plain.all(in);
            for (int i = 0; i < keys.size(); i++) map.put(keys.get(i), values.get(i));
            return map;
        }
    },
    OPTIONAL('o', Optional.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.write(((Optional<?>) value).orElse(null), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Optional.ofNullable(Plain.read(in));
        }
    },
    WEIGHTS('w', Weights.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.bytes(SafeTensors.bytes((Weights) value, SafeTensors.METADATA), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return SafeTensors.read("weights", ByteBuffer.wrap(Plain.block(in)));
        }
    },
    TOKENIZER('t', HuggingFaceTokens.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.text(((HuggingFaceTokens) value).json().orElseThrow(), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return HuggingFaceTokens.of("tokenizer", Plain.text(in));
        }
    },
    DATA('x', Dataset.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.write(Content.of((Dataset<?>) value), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return ((Content<?>) Plain.read(in)).dataset();
        }
    },
    CONSTANT('c', Enum.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Enum<?> constant = (Enum<?>) value;
            Plain.text(Ours.known(constant.getDeclaringClass()), out);
            Plain.text(constant.name(), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            Class<?> type = Ours.type(Plain.text(in));
            String name = Plain.text(in);
            return Stream.ofNullable(type.getEnumConstants())
                    .flatMap(Arrays::stream)
                    .filter(constant -> ((Enum<?>) constant).name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Plain.broken(type + " has no " + name, null));
        }
    },
    RECORD('r', Record.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.text(Ours.known(value.getClass()), out);
            for (RecordComponent part : value.getClass().getRecordComponents())
                Plain.write(Ours.part(part.getAccessor(), value), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            Class<?> type = Ours.type(Plain.text(in));
            if (!type.isRecord()) throw Plain.broken(type + " is no record", null);
            RecordComponent[] parts = type.getRecordComponents();
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++)
                values[i] = Ours.sorted(parts[i].getType(), Plain.read(in));
            return Ours.made(type, parts, values);
        }
    };

    /** What stands before a value of this form. */
    final char mark;

    private final Class<?> takes;

    Form(char mark, Class<?> takes) {
        this.mark = mark;
        this.takes = takes;
    }

    abstract void write(Object value, DataOutputStream out) throws IOException;

    abstract Object read(DataInputStream in) throws IOException;

    static Form of(Object value) {
        if (value == null) return NONE;
        return Arrays.stream(values())
                .filter(form -> form.takes.isInstance(value))
                .findFirst()
                .orElseThrow(() -> Ours.strange(value.getClass()));
    }

    /**
     * @throws TunebookException if there is none
     */
    static Form of(char mark) {
        return Arrays.stream(values())
                .filter(form -> form.mark == mark)
                .findFirst()
                .orElseThrow(() -> Plain.broken("there is no form " + mark, null));
    }
}
