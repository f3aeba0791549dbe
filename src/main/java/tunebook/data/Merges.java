package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Joins neighbouring pieces, the most frequent pair first. What a merge changes is found through
 * the words that have the pair, so its cost is theirs and not the whole text's.
 */
final class Merges {
    private final List<String> pieces;
    private final String inside;
    private final List<String> order = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final Map<Long, Pair> pairs = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

    /** How often a pair stands in the text now, and which words have or had it. */
    private static final class Pair {
        private long count;
        private int[] words = new int[2];
        private int size;

        void in(int word) {
            if (size > 0 && words[size - 1] == word) return;
            if (size == words.length) words = Arrays.copyOf(words, 2 * size);
            words[size++] = word;
        }
    }

    /** A pair with the count it had when it was put into the queue: at least what it has now. */
    private record Candidate(long key, long count) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return count != other.count
                    ? Long.compare(other.count, count)
                    : Long.compare(key, other.key);
        }
    }

    /**
     * Adds to these pieces; ids are places in the list.
     *
     * @param inside what a piece begins with that goes on a word; a joined one has it once
     */
    Merges(List<String> pieces, String inside) {
        this.pieces = pieces;
        this.inside = inside;
        for (int id = 0; id < pieces.size(); id++) ids.put(pieces.get(id), id);
    }

    /** A word, cut into pieces that are there, and how often it stands in the text. */
    void add(List<String> symbols, long count) {
        int word = words.size();
        words.add(symbols.stream().mapToInt(ids::get).toArray());
        counts.add(count);
        change(word, 1, ignored -> {});
    }

    /** Merges until there are so many pieces, or nothing is left to join. */
    void run(int size) {
        pairs.forEach((key, pair) -> queue.add(new Candidate(key, pair.count)));
        while (pieces.size() < size && !queue.isEmpty()) {
            Candidate best = queue.poll();
            Pair pair = pairs.get(best.key);
            if (pair == null || pair.count == 0) continue;
            if (pair.count == best.count) merge(best.key, pair);
            else if (pair.count < best.count) queue.add(new Candidate(best.key, pair.count));
        }
    }

    /** What was joined, in its order, a space between the halves. */
    List<String> order() {
        return order;
    }

    private void merge(long key, Pair pair) {
        int left = (int) (key >>> 32);
        int right = (int) key;
        order.add(pieces.get(left) + " " + pieces.get(right));
        String joined = pieces.get(left) + pieces.get(right).substring(inside.length());
        // The same piece may arise from different halves.
        Integer known = ids.putIfAbsent(joined, pieces.size());
        int id = known == null ? pieces.size() : known;
        if (known == null) pieces.add(joined);
        Set<Long> grown = new HashSet<>();
        for (int i = 0; i < pair.size; i++) {
            int word = pair.words[i];
            int[] before = words.get(word);
            int[] after = join(before, left, right, id);
            if (after.length == before.length) continue;
            change(word, -1, ignored -> {});
            words.set(word, after);
            change(word, 1, grown::add);
        }
        pairs.remove(key);
        for (long grownKey : grown) {
            Pair now = pairs.get(grownKey);
            if (now != null) queue.add(new Candidate(grownKey, now.count));
        }
    }

    private static int[] join(int[] symbols, int left, int right, int id) {
        int[] joined = new int[symbols.length];
        int n = 0;
        for (int i = 0; i < symbols.length; i++) {
            boolean here = i + 1 < symbols.length && symbols[i] == left && symbols[i + 1] == right;
            joined[n++] = here ? id : symbols[i];
            if (here) i++;
        }
        return n == symbols.length ? symbols : Arrays.copyOf(joined, n);
    }

    // Adds a word's pairs or takes them away.
    private void change(int word, int sign, LongConsumer touched) {
        int[] symbols = words.get(word);
        for (int i = 0; i + 1 < symbols.length; i++) {
            long key = ((long) symbols[i] << 32) | symbols[i + 1];
            Pair pair = pairs.computeIfAbsent(key, k -> new Pair());
            pair.count += sign * counts.get(word);
            if (sign > 0) pair.in(word);
            touched.accept(key);
        }
    }
}
