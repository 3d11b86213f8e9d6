package org.aevo.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aevo.record.Entry.Arrived;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.aevo.search.Usage;

/** Evaluations in the order of their arrival, with their learning curves and figures. */
final class Outcomes {
    final Column.Longs id;
    final Column.Ints attempt;
    final Column.Longs worker;
    final Column.Longs team;
    final Column.Doubles dispatched;
    final Column.Doubles arrived;
    final Column.Doubles wait;
    final Column.Doubles build;
    final Column.Doubles train;
    final Column.Doubles validate;
    final Column.Ints status;
    final Column.Doubles fitness;
    final Column.Doubles trainLoss;
    final Column.Doubles validationLoss;
    final Column.Longs parameters;
    final Column.Ints epochs;
    final Column.Doubles samplesPerSecond;
    final Column.Doubles cpuSeconds;
    final Column.Doubles peakMemory;
    final Column.Doubles gpuMemory;
    final Column.Ints weightsOrigin;
    final Column.Doubles inheritedShare;
    final Column.Longs inheritedEpochs;
    final Column.Ints ranks;
    final Column.Doubles communication;
    final Column.Texts message;

    /** Where the objectives of a row end in the column below. */
    private final Column.Ints objectivesEnd;

    private final Column.Doubles objectives;

    /** Where the curve of a row ends in the columns below. */
    final Column.Ints curveEnd;

    final Column.Ints curveFold;
    final Column.Ints curveEpoch;
    final Column.Doubles curveTrainLoss;
    final Column.Doubles curveValidationLoss;
    final Column.Doubles curveElapsed;
    final FigureColumn curveFigures;

    private final FigureColumn figures;

    Outcomes() {
        id = new Column.Longs();
        attempt = new Column.Ints();
        worker = new Column.Longs();
        team = new Column.Longs();
        dispatched = new Column.Doubles();
        arrived = new Column.Doubles();
        wait = new Column.Doubles();
        build = new Column.Doubles();
        train = new Column.Doubles();
        validate = new Column.Doubles();
        status = new Column.Ints();
        fitness = new Column.Doubles();
        trainLoss = new Column.Doubles();
        validationLoss = new Column.Doubles();
        parameters = new Column.Longs();
        epochs = new Column.Ints();
        samplesPerSecond = new Column.Doubles();
        cpuSeconds = new Column.Doubles();
        peakMemory = new Column.Doubles();
        gpuMemory = new Column.Doubles();
        weightsOrigin = new Column.Ints();
        inheritedShare = new Column.Doubles();
        inheritedEpochs = new Column.Longs();
        ranks = new Column.Ints();
        communication = new Column.Doubles();
        message = new Column.Texts();
        objectivesEnd = new Column.Ints();
        objectives = new Column.Doubles();
        curveEnd = new Column.Ints();
        curveFold = new Column.Ints();
        curveEpoch = new Column.Ints();
        curveTrainLoss = new Column.Doubles();
        curveValidationLoss = new Column.Doubles();
        curveElapsed = new Column.Doubles();
        curveFigures = new FigureColumn();
        figures = new FigureColumn();
    }

    private Outcomes(Outcomes live) {
        id = live.id.freeze();
        attempt = live.attempt.freeze();
        worker = live.worker.freeze();
        team = live.team.freeze();
        dispatched = live.dispatched.freeze();
        arrived = live.arrived.freeze();
        wait = live.wait.freeze();
        build = live.build.freeze();
        train = live.train.freeze();
        validate = live.validate.freeze();
        status = live.status.freeze();
        fitness = live.fitness.freeze();
        trainLoss = live.trainLoss.freeze();
        validationLoss = live.validationLoss.freeze();
        parameters = live.parameters.freeze();
        epochs = live.epochs.freeze();
        samplesPerSecond = live.samplesPerSecond.freeze();
        cpuSeconds = live.cpuSeconds.freeze();
        peakMemory = live.peakMemory.freeze();
        gpuMemory = live.gpuMemory.freeze();
        weightsOrigin = live.weightsOrigin.freeze();
        inheritedShare = live.inheritedShare.freeze();
        inheritedEpochs = live.inheritedEpochs.freeze();
        ranks = live.ranks.freeze();
        communication = live.communication.freeze();
        message = live.message.freeze();
        objectivesEnd = live.objectivesEnd.freeze();
        objectives = live.objectives.freeze();
        curveEnd = live.curveEnd.freeze();
        curveFold = live.curveFold.freeze();
        curveEpoch = live.curveEpoch.freeze();
        curveTrainLoss = live.curveTrainLoss.freeze();
        curveValidationLoss = live.curveValidationLoss.freeze();
        curveElapsed = live.curveElapsed.freeze();
        curveFigures = live.curveFigures.freeze();
        figures = live.figures.freeze();
    }

    Outcomes freeze() {
        return new Outcomes(this);
    }

    int size() {
        return id.size();
    }

    void add(Arrived a, long ofTeam, double dispatchedAt) {
        Evaluation e = a.evaluation();
        id.add(e.id());
        attempt.add(a.attempt());
        worker.add(a.worker());
        team.add(ofTeam);
        dispatched.add(dispatchedAt);
        arrived.add(a.time());
        wait.add(a.waitSeconds());
        build.add(e.effort().durations().build());
        train.add(e.effort().durations().train());
        validate.add(e.effort().durations().validate());
        status.add(e.status().ordinal());
        fitness.add(e.fitness());
        trainLoss.add(e.score().trainLoss());
        validationLoss.add(e.score().validationLoss());
        parameters.add(e.effort().parameters());
        epochs.add(e.effort().epochs());
        samplesPerSecond.add(e.effort().samplesPerSecond());
        cpuSeconds.add(e.effort().usage().cpuSeconds());
        peakMemory.add(e.effort().usage().peakMemoryBytes());
        gpuMemory.add(e.effort().usage().gpuMemoryBytes());
        Inheritance inheritance = e.effort().inheritance();
        weightsOrigin.add(inheritance.origin().ordinal());
        inheritedShare.add(inheritance.share());
        inheritedEpochs.add(inheritance.epochs());
        ranks.add(e.effort().teamwork().ranks());
        communication.add(e.effort().teamwork().communicationSeconds());
        message.add(e.message());
        e.score().objectives().forEach(objectives::add);
        objectivesEnd.add(objectives.size());
        for (Evaluation.Epoch point : e.curve()) {
            curveFold.add(point.fold());
            curveEpoch.add(point.epoch());
            curveTrainLoss.add(point.trainLoss());
            curveValidationLoss.add(point.validationLoss());
            curveElapsed.add(point.elapsed());
            curveFigures.add(point.figures());
        }
        curveEnd.add(curveEpoch.size());
        figures.add(e.score().figures());
    }

    int curveStart(int row) {
        return row == 0 ? 0 : curveEnd.get(row - 1);
    }

    /** A figure of a row; NaN if it was not measured. */
    double figure(int row, Figure figure) {
        return figures.get(row, figure);
    }

    /** What the search lowered, of a row; empty of a search of one objective, and where there is no result. */
    List<Double> objectives(int row) {
        return Arrays.stream(point(row)).boxed().toList();
    }

    /** The same, as a point. */
    double[] point(int row) {
        int from = row == 0 ? 0 : objectivesEnd.get(row - 1);
        double[] values = new double[objectivesEnd.get(row) - from];
        Arrays.setAll(values, i -> objectives.get(from + i));
        return values;
    }

    Evaluation get(int row) {
        List<Evaluation.Epoch> curve = new ArrayList<>();
        for (int i = curveStart(row); i < curveEnd.get(row); i++) {
            curve.add(new Evaluation.Epoch(
                    curveFold.get(i),
                    curveEpoch.get(i),
                    curveTrainLoss.get(i),
                    curveValidationLoss.get(i),
                    curveFigures.get(i),
                    curveElapsed.get(i)));
        }
        return new Evaluation(
                id.get(row),
                EvaluationStatus.of(status.get(row)),
                new Score(
                        fitness.get(row),
                        trainLoss.get(row),
                        validationLoss.get(row),
                        figures.get(row),
                        objectives(row)),
                new Effort(
                        new Durations(build.get(row), train.get(row), validate.get(row)),
                        epochs.get(row),
                        samplesPerSecond.get(row),
                        parameters.get(row),
                        new Usage(cpuSeconds.get(row), peakMemory.get(row), gpuMemory.get(row)),
                        new Inheritance(
                                Inheritance.Origin.of(weightsOrigin.get(row)),
                                inheritedShare.get(row),
                                inheritedEpochs.get(row)),
                        new Teamwork(ranks.get(row), communication.get(row))),
                curve,
                message.get(row));
    }
}
