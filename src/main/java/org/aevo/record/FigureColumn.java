package org.aevo.record;

import java.util.EnumMap;
import java.util.Map;
import org.aevo.search.Figure;

/** A growing column of figures, of which each row has any number, mostly none; frozen as every {@link Column}. */
final class FigureColumn {
    /** Where those of a row end in the two columns below. */
    private final Column.Ints end;

    private final Column.Ints code;
    private final Column.Doubles value;

    FigureColumn() {
        this(new Column.Ints(), new Column.Ints(), new Column.Doubles());
    }

    private FigureColumn(Column.Ints end, Column.Ints code, Column.Doubles value) {
        this.end = end;
        this.code = code;
        this.value = value;
    }

    FigureColumn freeze() {
        return new FigureColumn(end.freeze(), code.freeze(), value.freeze());
    }

    void add(Map<Figure, Double> figures) {
        figures.forEach((figure, number) -> {
            code.add(figure.ordinal());
            value.add(number);
        });
        end.add(code.size());
    }

    /** A figure of a row; NaN if it was not measured. */
    double get(int row, Figure figure) {
        for (int i = start(row); i < end.get(row); i++) {
            if (code.get(i) == figure.ordinal()) {
                return value.get(i);
            }
        }
        return Double.NaN;
    }

    /** All figures of a row. */
    Map<Figure, Double> get(int row) {
        if (start(row) == end.get(row)) {
            return Map.of();
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (int i = start(row); i < end.get(row); i++) {
            figures.put(Figure.of(code.get(i)), value.get(i));
        }
        return figures;
    }

    private int start(int row) {
        return row == 0 ? 0 : end.get(row - 1);
    }
}
