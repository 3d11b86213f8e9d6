package org.aevo.data;

import java.util.List;
import java.util.Optional;

/**
 * A file of samples for a trained network, opened in the way in which they have its shape: arrays and tables do not say
 * whether their samples are signals, and arrays not which side is that of the channels.
 *
 * @param signals whether samples were read as signals; else as what their sides alone say
 */
record OpenedSamples(DataSource source, boolean signals) {

    /** The file, opened so that its samples have the shape of the form, if there is such a way. */
    static OpenedSamples fitting(NewData.Request request, DataKind kind, InputForm form) {
        Optional<DataSource> ofSignals =
                form.height() == 1 && form.width() > 1 ? ofSignals(request, kind, form) : Optional.empty();
        if (ofSignals.isPresent() && hasShape(ofSignals.get(), form)) {
            return new OpenedSamples(ofSignals.get(), true);
        }
        try {
            DataSource plain = inLayout(request, kind, form);
            if (ofSignals.isEmpty() || hasShape(plain, form)) {
                return new OpenedSamples(plain, false);
            }
        } catch (DataException e) {
            if (ofSignals.isEmpty()) {
                throw e;
            }
        }
        return new OpenedSamples(ofSignals.get(), true);
    }

    /** Samples as signals, of the form's shape if a layout makes them that; empty if they cannot be signals. */
    private static Optional<DataSource> ofSignals(NewData.Request request, DataKind kind, InputForm form) {
        Optional<DataSource> near = Optional.empty();
        for (Layout layout : signalLayouts(request, form)) {
            try {
                DataSource source = source(request, kind, layout, true);
                if (hasShape(source, form)) {
                    return Optional.of(source);
                }
                near = near.or(() -> Optional.of(source));
            } catch (DataException e) {
                // Another way to read them is tried next; what none can read is refused by the last, which has no
                // signals.
                continue;
            }
        }
        return near;
    }

    private static List<Layout> signalLayouts(NewData.Request request, InputForm form) {
        if (request.layout() != Layout.AUTO) {
            return List.of(request.layout());
        }
        return form.layout() == Layout.CHANNELS_LAST
                ? List.of(Layout.CHANNELS_LAST, Layout.CHANNELS_FIRST)
                : List.of(Layout.CHANNELS_FIRST, Layout.CHANNELS_LAST);
    }

    /** The source in the layout in which its samples have the shape of the form, if there is one. */
    private static DataSource inLayout(NewData.Request request, DataKind kind, InputForm form) {
        boolean told = request.layout() != Layout.AUTO;
        Layout first = told ? request.layout() : form.layout();
        DataSource source = source(request, kind, first == Layout.AUTO ? Layout.CHANNELS_FIRST : first, false);
        if (told || hasShape(source, form) || source.contents().layout() == Layout.AUTO) {
            return source;
        }
        Layout other =
                source.contents().layout() == Layout.CHANNELS_FIRST ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
        DataSource turned = source(request, kind, other, false);
        return hasShape(turned, form) ? turned : source;
    }

    private static DataSource source(NewData.Request request, DataKind kind, Layout layout, boolean signals) {
        return Datasets.source(DataSettings.of(kind)
                .place(request.place())
                .layout(layout)
                .signals(signals)
                .build());
    }

    static boolean hasShape(DataSource source, InputForm form) {
        Contents contents = source.contents();
        return contents.channels() == form.channels()
                && contents.height() == form.height()
                && contents.width() == form.width();
    }
}
