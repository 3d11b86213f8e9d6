package org.aevo.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.aevo.search.Figure;

/** The columns of figures in a table for people, each with a space before it. */
record FigureColumns(List<Figure> figures) {
    private static final int LEAST_WIDTH = 7;

    FigureColumns {
        figures = List.copyOf(figures);
    }

    String heads() {
        return figures.stream().map(figure -> cell(figure, figure.head())).collect(Collectors.joining());
    }

    /** @param value NaN where it was not measured */
    String cells(ToDoubleFunction<Figure> value) {
        return figures.stream()
                .map(figure -> cell(figure, text(figure, value.applyAsDouble(figure))))
                .collect(Collectors.joining());
    }

    private static String text(Figure figure, double value) {
        return Double.isNaN(value)
                ? "-"
                : String.format(Locale.ROOT, figure.unit().isEmpty() ? "%.4f" : "%.2f", value);
    }

    private static String cell(Figure figure, String text) {
        return String.format(" %" + Math.max(LEAST_WIDTH, figure.head().length()) + "s", text);
    }
}
