package tunebook.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads Python's pickles, protocols 2 to 5, as far as plain data goes. A name in it is either one
 * that the caller knows, or the file is refused; nothing in the file can run, and what is built is
 * bounded by the file's length.
 *
 * @see <a href="https://github.com/python/cpython/blob/3.12/Lib/pickletools.py">the opcodes</a>
 */
final class Unpickler {
    private static final int MOST_MARKS = 1_000;
    private static final int MOST_VALUES = 2_000_000;
    private static final int MOST_AT_ONCE = 100_000;

    private final PickleBytes in;
    private final Names names;
    private final Function<Object, Object> outside;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int values;

    /** What names stand for. */
    interface Names {
        /** Null where the name is not known. */
        Object find(String module, String name);
    }

    /** What may be called. */
    interface Maker {
        /** Throws {@link IllegalArgumentException} where the arguments are wrong. */
        Object make(Object[] arguments);
    }

    /** Everything that nobody asks for: None, bytes, sets. */
    enum Plain {
        VALUE
    }

    /** A dictionary's entries that have text for a key; two are equal only if they are the same. */
    static final class Dictionary {
        private final Map<String, Object> entries = new LinkedHashMap<>();

        void put(Object key, Object value) {
            if (key instanceof String text) entries.put(text, value);
        }

        Map<String, Object> entries() {
            return Collections.unmodifiableMap(entries);
        }
    }

    /**
     * @param outside what a persistent id stands for; throws {@link IllegalArgumentException} where
     *     it is refused
     */
    Unpickler(String where, ByteBuffer bytes, Names names, Function<Object, Object> outside) {
        this.in = new PickleBytes(where, bytes);
        this.names = names;
        this.outside = outside;
    }

    /**
     * One pickle; the buffer then stands behind it. The result holds texts, longs, doubles,
     * booleans, {@link Dictionary}, lists, tuples as arrays, and what names and ids stand for.
     */
    Object read() {
        stack.clear();
        marks.clear();
        memo.clear();
        in.begin();
        while (true) {
            int op = in.next();
            if (op == '.') {
                Object result = pop();
                if (!stack.isEmpty()) throw in.broken("ends with values left over");
                return result;
            }
            try {
                step(op);
            } catch (IllegalArgumentException e) {
                throw in.refused(e.getMessage());
            }
        }
    }

    private void step(int op) {
        switch (op) {
            case '(' -> mark();
            case '0' -> pop();
            case '1' -> popMark();
            case '2' -> push(top());
            case 'N', 0x8f -> push(Plain.VALUE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J', 'K', 'M', 0x8a, 0x8b -> push(in.integer(op));
            case 'G' -> push(in.real());
            case 'X', 0x8c, 0x8d, 'T', 'U' -> push(in.text(op));
            case 'B', 'C', 0x8e, 0x96 -> {
                in.skip(op);
                push(Plain.VALUE);
            }
            case ')' -> push(new Object[0]);
            case 't' -> push(popMark());
            case 0x85, 0x86, 0x87 -> push(tuple(op - 0x84));
            case ']' -> push(new ArrayList<>());
            case 'a' -> append(new Object[] {pop()});
            case 'e' -> append(popMark());
            case 0x90 -> addToSet(popMark());
            case 0x91 -> {
                popMark();
                push(Plain.VALUE);
            }
            case '}' -> push(new Dictionary());
            case 's' -> put(tuple(2));
            case 'u' -> put(popMark());
            case 'q' -> memo(in.unsigned(1), top());
            case 'r' -> memo(in.unsigned(4), top());
            case 0x94 -> memo(memo.size(), top());
            case 'h' -> push(remembered(in.unsigned(1)));
            case 'j' -> push(remembered(in.unsigned(4)));
            case 'c' -> push(found(in.line(), in.line()));
            case 0x93 -> {
                Object[] name = tuple(2);
                push(found(name[0], name[1]));
            }
            case 'R', 0x81 -> call(pop(), pop());
            case 'b' -> build(pop());
            case 'Q' -> push(outside.apply(pop()));
            case 0x95 -> in.frame();
            default -> throw in.refusedOpcode(op);
        }
    }

    private void push(Object value) {
        if (++values > MOST_VALUES) throw in.broken("holds more than " + MOST_VALUES + " values");
        if (stack.size() == MOST_AT_ONCE)
            throw in.broken("holds more than " + MOST_AT_ONCE + " values at once");
        stack.add(value);
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }

    private Object top() {
        if (stack.size() <= floor()) throw in.broken("takes a value where there is none");
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private void mark() {
        if (marks.size() == MOST_MARKS)
            throw in.broken("is nested deeper than " + MOST_MARKS + " levels");
        marks.add(stack.size());
    }

    private Object[] popMark() {
        if (marks.isEmpty()) throw in.broken("closes what it never opened");
        List<Object> above = stack.subList(marks.remove(marks.size() - 1), stack.size());
        Object[] values = above.toArray();
        above.clear();
        return values;
    }

    private Object[] tuple(int length) {
        Object[] tuple = new Object[length];
        for (int i = length - 1; i >= 0; i--) tuple[i] = pop();
        return tuple;
    }

    private void memo(long index, Object value) {
        if (memo.size() > MOST_VALUES) throw in.broken("remembers too many values");
        memo.put((int) index, value);
    }

    private Object remembered(long index) {
        Object value = memo.get((int) index);
        if (value == null) throw in.broken("asks for value " + index + ", which it never kept");
        return value;
    }

    @SuppressWarnings("unchecked") // lists are made here only, of objects
    private void append(Object[] values) {
        if (!(top() instanceof List<?> list)) throw in.broken("appends to what is no list");
        ((List<Object>) list).addAll(Arrays.asList(values));
    }

    private void addToSet(Object[] values) {
        if (top() != Plain.VALUE) throw in.broken("adds " + values.length + " values to no set");
    }

    private void put(Object[] entries) {
        if (!(top() instanceof Dictionary dictionary) || entries.length % 2 != 0)
            throw in.broken("puts entries into what is no dictionary");
        for (int i = 0; i < entries.length; i += 2) dictionary.put(entries[i], entries[i + 1]);
    }

    private Object found(Object module, Object name) {
        Object found =
                module instanceof String m && name instanceof String n ? names.find(m, n) : null;
        if (found != null) return found;
        throw in.refused("names " + HeaderReader.shown(module + "." + name));
    }

    private void call(Object arguments, Object what) {
        if (!(what instanceof Maker maker)) throw in.refused("calls what is no function");
        if (!(arguments instanceof Object[] tuple)) throw in.broken("calls without a tuple");
        push(maker.make(tuple));
    }

    /** State is set on dictionaries only, where it holds nothing of the weights. */
    private void build(Object state) {
        if (!(top() instanceof Dictionary))
            throw in.refused("sets the state of what is no dictionary");
        if (!(state instanceof Dictionary || state instanceof Object[]))
            throw in.refused("sets a state that is no dictionary");
    }
}
