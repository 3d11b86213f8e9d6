package org.aevo.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.aevo.record.JournalReader;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;

/** Workers and masters that die. */
final class Deaths {
    private Deaths() {}

    /** A worker that does not live to evaluate some candidates. */
    static Evaluator before(Evaluator inner, Predicate<Candidate> kills) {
        return new Mortal(inner) {
            @Override
            public Outcome evaluate(Job job, Control control) {
                if (kills.test(job.candidate())) {
                    throw new InProcessRun.DeadWorker();
                }
                return inner.evaluate(job, control);
            }
        };
    }

    /** A worker that evaluates some candidates and does not live to say so. */
    static Evaluator after(Evaluator inner, Predicate<Candidate> kills) {
        return new Mortal(inner) {
            @Override
            public Outcome evaluate(Job job, Control control) {
                Outcome outcome = inner.evaluate(job, control);
                if (kills.test(job.candidate())) {
                    throw new InProcessRun.DeadWorker();
                }
                return outcome;
            }
        };
    }

    /** For each record but the first a run whose master died when it had written that; the names of these runs. */
    static List<String> afterEachRecord(Path folder, String run) throws IOException {
        Path journal = folder.resolve(run).resolve("run.journal");
        byte[] bytes = Files.readAllBytes(journal);
        List<String> names = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.next();
            for (long end = reader.end(); reader.next().isPresent(); end = reader.end()) {
                String name = "died-" + end;
                Path died = Files.createDirectories(folder.resolve(name)).resolve("run.journal");
                Files.write(died, Arrays.copyOf(bytes, (int) end));
                names.add(name);
            }
        }
        return names;
    }

    private abstract static class Mortal implements Evaluator {
        private final Evaluator inner;

        Mortal(Evaluator inner) {
            this.inner = inner;
        }

        @Override
        public String device() {
            return inner.device();
        }

        @Override
        public boolean simulated() {
            return inner.simulated();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
