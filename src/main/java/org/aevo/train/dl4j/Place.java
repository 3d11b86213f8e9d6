package org.aevo.train.dl4j;

import java.util.Optional;
import org.aevo.network.Shape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where in one of the library's networks something is made, and in which form.
 *
 * @param maker name of the layer or vertex, or of an input of the network
 * @param shape of one sample, by which an image stands
 * @param image whether it stands as [batch, channels, rows, columns], not as [batch, values]
 */
record Place(String maker, Shape shape, boolean image) {

    /** What the library is to do before a layer that wants it in a form and shape; empty if it stands so. */
    Optional<InputPreProcessor> into(boolean wantsImage, Shape wanted) {
        if (wantsImage && image) {
            return shape.equals(wanted)
                    ? Optional.empty()
                    : Optional.of(new ComposableInputPreProcessor(flattening(shape), unflattening(wanted)));
        }
        if (wantsImage) {
            return Optional.of(unflattening(wanted));
        }
        return image ? Optional.of(flattening(shape)) : Optional.empty();
    }

    /** Values of whole samples in this form, without a copy. */
    INDArray formed(INDArray values) {
        long count = values.length() / shape.size();
        return image
                ? values.reshape('c', count, shape.channels(), shape.height(), shape.width())
                : values.reshape('c', count, shape.size());
    }

    private static InputPreProcessor flattening(Shape shape) {
        return new CnnToFeedForwardPreProcessor(shape.height(), shape.width(), shape.channels(), CNN2DFormat.NCHW);
    }

    private static InputPreProcessor unflattening(Shape shape) {
        return new FeedForwardToCnnPreProcessor(shape.height(), shape.width(), shape.channels());
    }
}
