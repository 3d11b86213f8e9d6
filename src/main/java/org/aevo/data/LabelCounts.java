package org.aevo.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often each label occurs in the parts of a split: which classes there are, and nothing of any one sample.
 *
 * @param train samples by label, of labels that occur, in ascending order; likewise the others
 */
public record LabelCounts(
        SortedMap<Integer, Integer> train, SortedMap<Integer, Integer> validation, SortedMap<Integer, Integer> test) {
    /** Classes whose counts are all said. */
    private static final int FEW = 12;

    private static final int MOST_LISTED = 8;
    /** The largest class has so many times the samples of the smallest. */
    private static final int ODD_RATIO = 10;

    public LabelCounts {
        train = copy(train);
        validation = copy(validation);
        test = copy(test);
    }

    private static SortedMap<Integer, Integer> copy(SortedMap<Integer, Integer> counts) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** Of the labels of all samples. */
    static LabelCounts of(int[] train, int[] validation, int[] test) {
        return new LabelCounts(counts(train), counts(validation), counts(test));
    }

    private static SortedMap<Integer, Integer> counts(int[] labels) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (int label : labels) {
            counts.merge(label, 1, Integer::sum);
        }
        return counts;
    }

    /** All that occur in any part, in ascending order, each once. */
    public int[] labels() {
        return IntStream.concat(keys(train), IntStream.concat(keys(validation), keys(test)))
                .distinct()
                .sorted()
                .toArray();
    }

    private static IntStream keys(Map<Integer, Integer> counts) {
        return counts.keySet().stream().mapToInt(label -> label);
    }

    /** Why there are no classes to be told apart, as a sentence; empty if there are. */
    public Optional<String> problem() {
        int classes = labels().length;
        if (classes < 2) {
            return Optional.of("all " + (sum(train) + sum(validation) + sum(test)) + " samples have the label "
                    + labels()[0] + ", expected at least two classes");
        }
        if (classes > Labels.MOST_CLASSES) {
            return Optional.of("there are " + classes + " different labels, expected at most " + Labels.MOST_CLASSES
                    + ": are they values?");
        }
        return Optional.empty();
    }

    private static int sum(Map<Integer, Integer> counts) {
        return counts.values().stream().mapToInt(count -> count).sum();
    }

    /** The counts, and what looks odd about them, a line each. */
    public List<String> words() {
        List<String> lines = new ArrayList<>();
        lines.add(words("train", train));
        lines.add(words("validation", validation));
        lines.add(words("test", test));
        odd().forEach(line -> lines.add("note: " + line));
        return lines;
    }

    private static String words(String part, SortedMap<Integer, Integer> counts) {
        String text = part + " has " + counts.size() + (counts.size() == 1 ? " class" : " classes");
        if (counts.size() <= FEW) {
            return text + ", samples of each: "
                    + counts.entrySet().stream()
                            .map(each -> each.getKey() + ": " + each.getValue())
                            .collect(Collectors.joining(", "));
        }
        int smallest = extreme(counts, false);
        int largest = extreme(counts, true);
        return text + " of " + counts.get(smallest) + " (label " + smallest + ") to " + counts.get(largest) + " (label "
                + largest + ") samples";
    }

    /** The first label of those with the most samples, or with the fewest. */
    private static int extreme(SortedMap<Integer, Integer> counts, boolean most) {
        int best = counts.firstKey();
        for (Map.Entry<Integer, Integer> each : counts.entrySet()) {
            int count = each.getValue();
            if (most ? count > counts.get(best) : count < counts.get(best)) {
                best = each.getKey();
            }
        }
        return best;
    }

    private List<String> odd() {
        List<String> lines = new ArrayList<>();
        add(lines, label -> !train.containsKey(label), " no training sample: what was never shown cannot be learnt");
        add(lines, label -> train.getOrDefault(label, 0) == 1, " one training sample");
        add(lines, label -> train.containsKey(label) && !validation.containsKey(label), " no validation sample");
        add(lines, label -> train.containsKey(label) && !test.containsKey(label), " no test sample");
        if (!train.isEmpty()) {
            int smallest = extreme(train, false);
            int largest = extreme(train, true);
            int ratio = train.get(largest) / train.get(smallest);
            if (ratio >= ODD_RATIO) {
                lines.add("the largest class of train (label " + largest + ") has " + ratio
                        + " times the samples of the smallest (label " + smallest
                        + "): accuracy says little of small classes, macro-F1 counts all alike");
            }
        }
        return lines;
    }

    private void add(List<String> lines, IntPredicate odd, String what) {
        int[] found = IntStream.of(labels()).filter(odd).toArray();
        if (found.length > 0) {
            String listed = IntStream.of(found)
                    .limit(MOST_LISTED)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", "));
            if (found.length > MOST_LISTED) {
                listed += " and " + (found.length - MOST_LISTED) + " more";
            }
            lines.add((found.length == 1 ? "class " + listed + " has" : "classes " + listed + " have") + what);
        }
    }
}
