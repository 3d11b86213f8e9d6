package org.aevo.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.io.Printable;

/** An object of a JSON file being read: each value is asked for by name and type, and messages say where it should be. */
final class Fields {
    private final Path file;
    private final String place;
    private final Map<?, ?> values;

    /** @param place in the file, empty for all of it */
    Fields(Path file, String place, Object values) throws RecordException {
        this.file = file;
        this.place = place;
        if (!(values instanceof Map<?, ?> map)) {
            throw new RecordException(
                    file + ": " + (place.isEmpty() ? "is" : place + " is") + " no object; train again");
        }
        this.values = map;
    }

    /** Without control characters: a terminal would obey them. */
    String text(String name) throws RecordException {
        return Printable.line(of(name, String.class, "text"));
    }

    boolean truth(String name) throws RecordException {
        return of(name, Boolean.class, "true or false");
    }

    long whole(String name) throws RecordException {
        Number number = of(name, Number.class, "whole number");
        if (!(number instanceof Integer || number instanceof Long)) {
            throw wrong(name, "whole number");
        }
        return number.longValue();
    }

    int small(String name) throws RecordException {
        long number = whole(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw wrong(name, "whole number from 0 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    /** NaN for null. */
    double number(String name) throws RecordException {
        return values.containsKey(name) && values.get(name) == null
                ? Double.NaN
                : of(name, Number.class, "number or null").doubleValue();
    }

    Fields object(String name) throws RecordException {
        return new Fields(file, path(name), of(name, Map.class, "object"));
    }

    List<Fields> objects(String name) throws RecordException {
        List<Fields> objects = new ArrayList<>();
        for (Object value : of(name, List.class, "list")) {
            objects.add(new Fields(file, path(name) + "[" + objects.size() + "]", value));
        }
        return objects;
    }

    List<Double> numbers(String name) throws RecordException {
        List<Double> numbers = new ArrayList<>();
        for (Object value : of(name, List.class, "list")) {
            if (!(value instanceof Number number)) {
                throw wrong(name, "list of numbers");
            }
            numbers.add(number.doubleValue());
        }
        return numbers;
    }

    /** Whole numbers from 0. */
    List<Integer> smalls(String name) throws RecordException {
        List<Integer> numbers = new ArrayList<>();
        for (Object value : of(name, List.class, "list")) {
            if (!(value instanceof Integer number) || number < 0) {
                throw wrong(name, "list of whole numbers from 0 to " + Integer.MAX_VALUE);
            }
            numbers.add(number);
        }
        return numbers;
    }

    /** Rows of whole numbers from 0. */
    List<List<Long>> table(String name) throws RecordException {
        List<List<Long>> rows = new ArrayList<>();
        for (Object row : of(name, List.class, "list")) {
            if (!(row instanceof List<?> values)) {
                throw wrong(name, "list of rows");
            }
            List<Long> numbers = new ArrayList<>();
            for (Object value : values) {
                if (!(value instanceof Integer || value instanceof Long) || ((Number) value).longValue() < 0) {
                    throw wrong(name, "list of rows of whole numbers from 0");
                }
                numbers.add(((Number) value).longValue());
            }
            rows.add(numbers);
        }
        return rows;
    }

    /** Whether there is a value of this name. */
    boolean has(String name) {
        return values.get(name) != null;
    }

    List<String> texts(String name) throws RecordException {
        List<String> texts = new ArrayList<>();
        for (Object value : of(name, List.class, "list")) {
            if (!(value instanceof String text)) {
                throw wrong(name, "list of texts");
            }
            texts.add(Printable.line(text));
        }
        return texts;
    }

    /** All values, which are texts, by name. */
    Map<String, String> texts() throws RecordException {
        Map<String, String> texts = new TreeMap<>();
        for (Object name : values.keySet()) {
            texts.put(String.valueOf(name), text(String.valueOf(name)));
        }
        return texts;
    }

    private <T> T of(String name, Class<T> type, String what) throws RecordException {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw wrong(name, what);
        }
        return type.cast(value);
    }

    /** Something that is wrong with the values together. */
    RecordException error(String problem) {
        return new RecordException(file + ": " + place + ": " + problem + "; train again");
    }

    private RecordException wrong(String name, String what) {
        Object value = values.get(name);
        return new RecordException(file + ": " + path(name) + " is "
                + (value == null ? "missing" : "no " + what + " but " + shown(value)) + "; train again");
    }

    private String path(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static String shown(Object value) {
        String text = value.toString();
        return Printable.line(text.length() <= 40 ? text : text.substring(0, 40) + "...");
    }

    static String firstLine(Exception e) {
        return Printable.line(
                String.valueOf(e.getMessage()).strip().lines().findFirst().orElse(e.toString()));
    }
}
