package org.aevo.train.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the library's solver does with a gradient once it has one. */
final class UpdateStep {
    /** Of activations, which the pass backward has closed by then; the library's solver takes it too. */
    private static final String WORKSPACE = "WS_ALL_LAYERS_ACT";

    private static final WorkspaceConfiguration SETTINGS = WorkspaceConfiguration.builder()
            .initialSize(0)
            .overallocationLimit(0.05)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policyReset(ResetPolicy.BLOCK_LEFT)
            .policySpill(SpillPolicy.REALLOCATE)
            .policyAllocation(AllocationPolicy.OVERALLOCATE)
            .build();

    private UpdateStep() {}

    /**
     * One step.
     *
     * @param gradients all of the network's, which become what the weights fall by
     */
    static void apply(Model network, BaseMultiLayerUpdater<?> updater, INDArray gradients) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.builder()
                .with(ArrayType.UPDATER_WORKING_MEM, WORKSPACE, SETTINGS)
                .build();
        // the size of the batch is for losses that are sums over it, which those of this package are not
        updater.update(
                new DefaultGradient(gradients),
                BaseOptimizer.getIterationCount(network),
                BaseOptimizer.getEpochCount(network),
                1,
                workspaces);
        network.params().subi(gradients.reshape(gradients.length()));
        BaseOptimizer.incrementIterationCount(network, 1);
    }
}
