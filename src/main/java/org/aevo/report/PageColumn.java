package org.aevo.report;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A column of a table as a page shows it.
 *
 * @param numeric whether it holds numbers alone, and is aligned to the right
 * @param decimals of its fractions, if they are alike enough to have the same; else -1
 */
record PageColumn(boolean numeric, int decimals) {
    /** The largest over the smallest, up to which numbers have the same decimals. */
    private static final double ALIKE = 2000;

    private static final int SHARE = 4;
    private static final int MAX_DECIMALS = 6;

    static PageColumn of(DataTable table, int column) {
        List<Object> values = table.rows().stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .toList();
        boolean numeric = !values.isEmpty() && values.stream().allMatch(Number.class::isInstance);
        if (numeric && table.header().get(column).endsWith("share")) {
            return new PageColumn(true, SHARE);
        }
        double[] sizes = values.stream()
                .filter(Double.class::isInstance)
                .mapToDouble(value -> Math.abs((Double) value))
                .filter(size -> size > 0 && Double.isFinite(size))
                .sorted()
                .toArray();
        if (!numeric || sizes.length == 0 || sizes[sizes.length - 1] > ALIKE * sizes[0]) {
            return new PageColumn(numeric, -1);
        }
        double largest = sizes[sizes.length - 1];
        // shares of one whole among them
        int decimals = largest <= 1 + 1e-9 ? Math.max(4, 3 - exponent(largest)) : 3 - exponent(largest);
        return new PageColumn(true, decimals > MAX_DECIMALS ? -1 : Math.max(0, decimals));
    }

    private static int exponent(double size) {
        return (int) Math.floor(Math.log10(size));
    }

    String text(Object value) {
        if (decimals >= 0 && value instanceof Double number && Double.isFinite(number) && number != 0) {
            return String.format(Locale.ROOT, "%." + decimals + "f", number);
        }
        return Numbers.text(value);
    }
}
