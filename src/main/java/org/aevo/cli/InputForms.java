package org.aevo.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aevo.data.InputForm;
import org.aevo.data.Layout;
import org.aevo.data.Scaler;
import org.aevo.network.Classes;
import org.aevo.network.EnumText;
import org.aevo.network.Shape;
import org.aevo.record.Inputs;

/** How samples become inputs, as data are read and as it is recorded. */
final class InputForms {
    private InputForms() {}

    /** @param classes that samples are told into; empty where nothing is classified */
    static Inputs recorded(InputForm form, Optional<Classes> classes) {
        Scaler scaler = form.scaler();
        return new Inputs(
                new Shape(form.channels(), form.height(), form.width()),
                form.layout().text(),
                form.type(),
                form.bytes(),
                form.features(),
                scaler.rule().text(),
                list(scaler.low()),
                list(scaler.high()),
                classes);
    }

    private static List<Double> list(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /**
     * @throws IllegalArgumentException if these are none that data can be read by
     */
    static InputForm form(Inputs inputs) {
        Scaler scaler = Scaler.of(
                EnumText.parse(Scaler.Rule.class, inputs.scaling()), array(inputs.minima()), array(inputs.maxima()));
        long size = inputs.shape().size();
        if (scaler.rule() == Scaler.Rule.PER_FEATURE && scaler.low().length != size) {
            throw new IllegalArgumentException(scaler.low().length + " minima for samples of " + size + " values");
        }
        return new InputForm(
                inputs.shape().channels(),
                inputs.shape().height(),
                inputs.shape().width(),
                EnumText.parse(Layout.class, inputs.layout()),
                inputs.type(),
                inputs.bytes(),
                inputs.features(),
                scaler);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(number -> number).toArray();
    }
}
