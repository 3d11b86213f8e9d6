package org.aevo.train.dl4j;

import org.aevo.train.NetworkPlan;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A chain of layers as a MultiLayerNetwork. */
final class ChainNetwork implements LibraryNetwork {
    private final ChainConfiguration configuration;
    private final MultiLayerNetwork network;

    ChainNetwork(NetworkPlan plan, LayerKit kit) {
        configuration = new ChainConfiguration(plan, kit);
        network = new MultiLayerNetwork(configuration.build());
    }

    @Override
    public Model model() {
        return network;
    }

    @Override
    public void init() {
        network.init();
    }

    @Override
    public void differentiate(INDArray samples, INDArray targets) {
        network.setInput(configuration.input().formed(samples));
        network.setLabels(configuration.output().formed(targets));
        network.computeGradientAndScore();
    }

    @Override
    public INDArray gradients() {
        if (network.getGradientsViewArray() == null) {
            network.initGradientsView();
        }
        return network.getGradientsViewArray();
    }

    @Override
    public void update() {
        UpdateStep.apply(network, (MultiLayerUpdater) network.getUpdater(), gradients());
        network.clearLayersStates();
    }

    @Override
    public INDArray output(INDArray samples) {
        return network.output(configuration.input().formed(samples), false);
    }

    @Override
    public float[] made(String layer, INDArray samples) {
        int end = configuration.end(layer);
        if (end == 0) {
            return NamedArrays.read(samples);
        }
        // of all layers up to there, the input first
        return NamedArrays.read(
                network.feedForwardToLayer(end - 1, configuration.input().formed(samples), false)
                        .get(end));
    }

    @Override
    public Layer[] layers() {
        return network.getLayers();
    }

    @Override
    public NamedArrays weights() {
        return NamedArrays.of(configuration.owners(), name -> network.getLayer(name));
    }

    @Override
    public void close() {
        if (network.isInitCalled()) {
            Updater updater = network.getUpdater(false);
            if (updater != null) {
                NativeMemory.free(updater.getStateViewArray());
            }
            NativeMemory.free(network.getGradientsViewArray());
            NativeMemory.free(network.params());
        }
    }
}
