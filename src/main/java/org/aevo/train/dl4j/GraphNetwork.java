package org.aevo.train.dl4j;

import org.aevo.network.Blueprint;
import org.aevo.train.NetworkPlan;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph of layers as a ComputationGraph. */
final class GraphNetwork implements LibraryNetwork {
    private final GraphConfiguration configuration;
    private final ComputationGraph network;

    GraphNetwork(NetworkPlan plan, LayerKit kit) {
        configuration = new GraphConfiguration(plan, kit);
        network = new ComputationGraph(configuration.build());
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
        gradients(); // which the library's pass backward needs
        network.setInputs(formed(samples));
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
        UpdateStep.apply(network, network.getUpdater(), gradients());
        network.clearLayersStates();
    }

    @Override
    public INDArray output(INDArray samples) {
        return network.output(false, formed(samples))[0];
    }

    @Override
    public float[] made(String layer, INDArray samples) {
        String maker = configuration.end(layer).maker();
        if (maker.equals(Blueprint.INPUT)) {
            return NamedArrays.read(samples);
        }
        // of all vertices up to there: the library's call for one alone leaves workspaces open that others need again
        int[] order = network.topologicalSortOrder();
        int place = 0;
        while (order[place] != network.getVertex(maker).getVertexIndex()) {
            place++;
        }
        return NamedArrays.read(
                network.feedForward(formed(samples), place, false, true).get(maker));
    }

    @Override
    public Layer[] layers() {
        return network.getLayers();
    }

    @Override
    public NamedArrays weights() {
        return NamedArrays.of(configuration.owners(), network::getLayer);
    }

    @Override
    public void close() {
        ComputationGraphUpdater updater = network.getUpdater(false);
        if (updater != null) {
            NativeMemory.free(updater.getStateViewArray());
        }
        NativeMemory.free(network.getGradientsViewArray());
        NativeMemory.free(network.params());
    }

    private INDArray[] formed(INDArray samples) {
        return configuration.inputs().stream()
                .map(place -> place.formed(samples))
                .toArray(INDArray[]::new);
    }
}
