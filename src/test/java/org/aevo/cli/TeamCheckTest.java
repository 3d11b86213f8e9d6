package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.aevo.config.RunConfig;
import org.junit.jupiter.api.Test;

class TeamCheckTest {
    private static RunConfig config(String cluster) {
        return RunConfig.parse("budget: {evaluations: 50}\ncluster: {" + cluster + "}\n", "input");
    }

    @Test
    void anotherTeamIsRefusedWhereLearningRatesDependOnIt() {
        RunConfig two = config("workers: 4, team: 2");
        RunConfig four = config("workers: 4, team: 4");
        assertEquals(Optional.empty(), TeamCheck.sameRates(two, four));
        RunConfig linear = config("workers: 4, team: 2, team-learning-rate: linear");
        assertEquals(
                "learning rates were multiplied by 1.000 (cluster.team 2, cluster.team-learning-rate constant), would be by 2.000 (2, linear)",
                TeamCheck.sameRates(two, linear).orElseThrow());
        assertTrue(TeamCheck.sameRates(linear, config("workers: 4, team: 4, team-learning-rate: linear"))
                .isPresent());
        assertEquals(
                Optional.empty(),
                TeamCheck.sameRates(linear, config("workers: 4, team: 4, team-learning-rate: square-root")),
                "the same factor");
    }

    @Test
    void thatCandidatesLearnedAtAnotherRateIsSaid() {
        assertEquals(Optional.empty(), TeamCheck.otherRate(config("workers: 4, team: 4")));
        assertEquals(Optional.empty(), TeamCheck.otherRate(config("workers: 4, team-learning-rate: linear")));
        assertEquals(
                "in the run candidates learned at 2.000 times their learning rates (cluster.team 4, cluster.team-learning-rate"
                        + " square-root), here at their own",
                TeamCheck.otherRate(config("workers: 4, team: 4, team-learning-rate: square-root"))
                        .orElseThrow());
    }

    @Test
    void whoStandsByIsSaid() {
        assertEquals(List.of(), config("workers: 4, team: 2").hints());
        assertEquals(
                List.of("cluster.team is 3: of the 5 workers 2 stand by, for members of teams that are lost"),
                config("workers: 5, team: 3").hints());
    }
}
