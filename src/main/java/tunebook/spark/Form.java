package tunebook.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Content;
import tunebook.data.Dataset;
import tunebook.data.HuggingFaceTokens;
import tunebook.data.SafeTensors;

/** How values of a kind are written down, and read. A form's place is its mark: append only. */
enum Form {
    NONE(Void.class) {
        @Override
        void write(Object value, DataOutputStream out) {}

        @Override
        Object read(DataInputStream in) {
            return null;
        }
    },
    BOOLEAN(Boolean.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeBoolean((Boolean) value);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return in.readBoolean();
        }
    },
    INT(Integer.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeInt((Integer) value);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return in.readInt();
        }
    },
    LONG(Long.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeLong((Long) value);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return in.readLong();
        }
    },
    DOUBLE(Double.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            out.writeLong(Double.doubleToRawLongBits((Double) value));
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Double.longBitsToDouble(in.readLong());
        }
    },
    TEXT(String.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.text((String) value, out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Plain.text(in);
        }
    },
    BYTES(byte[].class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.bytes((byte[]) value, out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Plain.block(in);
        }
    },
    LIST(List.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.all((List<?>) value, out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Plain.all(in);
        }
    },
    SET(Set.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.all((Set<?>) value, out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return new LinkedHashSet<>(Plain.all(in));
        }
    },
    MAP(Map.class) {
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
    OPTIONAL(Optional.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.write(((Optional<?>) value).orElse(null), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return Optional.ofNullable(Plain.read(in));
        }
    },
    WEIGHTS(Weights.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.bytes(SafeTensors.bytes((Weights) value, SafeTensors.METADATA), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return SafeTensors.read("weights", ByteBuffer.wrap(Plain.block(in)));
        }
    },
    TOKENIZER(HuggingFaceTokens.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.text(((HuggingFaceTokens) value).json(), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return HuggingFaceTokens.of("tokenizer", Plain.text(in));
        }
    },
    DATA(Dataset.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.write(Content.of((Dataset<?>) value), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            return ((Content<?>) Plain.read(in)).dataset();
        }
    },
    CONSTANT(Enum.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Enum<?> constant = (Enum<?>) value;
            Plain.text(known(constant.getDeclaringClass()), out);
            out.writeInt(constant.ordinal());
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            Class<?> type = type(Plain.text(in));
            if (!type.isEnum()) throw Plain.broken(type + " has no constants", null);
            return type.getEnumConstants()[in.readInt()];
        }
    },
    RECORD(Record.class) {
        @Override
        void write(Object value, DataOutputStream out) throws IOException {
            Plain.text(known(value.getClass()), out);
            for (RecordComponent part : value.getClass().getRecordComponents())
                Plain.write(part(part.getAccessor(), value), out);
        }

        @Override
        Object read(DataInputStream in) throws IOException {
            Class<?> type = type(Plain.text(in));
            if (!type.isRecord()) throw Plain.broken(type + " is no record", null);
            RecordComponent[] parts = type.getRecordComponents();
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++)
                values[i] = sorted(parts[i].getType(), Plain.read(in));
            return made(type, parts, values);
        }
    };

    /** What is made from bytes is of these packages, and a record or a constant. */
    private static final Pattern OURS =
            Pattern.compile(
                    "tunebook\\.(core|model|recipe|data|task|train|stats|study|spark)\\.[\\w$]+");

    private final Class<?> takes;

    Form(Class<?> takes) {
        this.takes = takes;
    }

    abstract void write(Object value, DataOutputStream out) throws IOException;

    abstract Object read(DataInputStream in) throws IOException;

    static Form of(Object value) {
        if (value == null) return NONE;
        return Arrays.stream(values())
                .filter(form -> form.takes.isInstance(value))
                .findFirst()
                .orElseThrow(() -> strange(value.getClass()));
    }

    private static String known(Class<?> type) {
        if (!OURS.matcher(type.getName()).matches()) throw strange(type);
        return type.getName();
    }

    private static TunebookException strange(Class<?> type) {
        return new TunebookException(
                "study on Spark",
                "it has a " + type.getSimpleName() + ", which other machines do not know",
                "leave .on(spark(…)) out; recipes, backbones, data and sources of Tunebook's own"
                        + " words can go there");
    }

    private static Class<?> type(String name) {
        if (!OURS.matcher(name).matches()) throw Plain.broken(name + " is not expected", null);
        try {
            return Class.forName(name, false, Form.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw Plain.broken("there is no " + name, e);
        }
    }

    /** A map came in its order; where a sorted one is asked for, that is the natural one. */
    private static Object sorted(Class<?> asked, Object value) {
        return SortedMap.class.isAssignableFrom(asked)
                ? new TreeMap<>((Map<?, ?>) value)
                : value;
    }

    private static Object part(Method accessor, Object value) {
        accessor.setAccessible(true);
        return call(value.getClass(), () -> accessor.invoke(value));
    }

    private static Object made(Class<?> type, RecordComponent[] parts, Object... values) {
        Class<?>[] types =
                Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return call(
                type,
                () -> {
                    Constructor<?> canonical = type.getDeclaredConstructor(types);
                    canonical.setAccessible(true);
                    return canonical.newInstance(values);
                });
    }

    private interface Reflective {
        Object get() throws ReflectiveOperationException;
    }

    private static Object call(Class<?> type, Reflective what) {
        try {
            return what.get();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof TunebookException ours) throw ours;
            throw Plain.broken(type + ", " + e.getCause(), e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw Plain.broken(type + ", " + e, e);
        }
    }
}
