package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Shape;
import org.aevo.record.Json;
import org.aevo.record.Outside;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 'aevo show' says to programs, read by others' programs. */
class ShowOutputTest {
    private static final String ODD = "naïve \uD83E\uDD16, said \"so\"\r\nto\tme \\ \u0001";

    @TempDir
    Path folder;

    private Path run() throws Exception {
        Path run = folder.resolve("run");
        HandMadeRun.started(2, ODD)
                .joined(0, 1, 1)
                .joined(1, 2, 1)
                .asked(0, 0, 2)
                .asked(1, 1, 2)
                .arrived(0, 1, 0, 6, 4)
                .arrived(1, 1, 1, 7.125, 5, Double.NaN, EvaluationStatus.DIVERGED, ODD)
                .asked(2, 0, 8)
                .arrived(2, 1, 0, 9, 1, 1.25e-7, EvaluationStatus.OK, "\"\",\n")
                .asked(3, 0, 10)
                .write(run);
        return run;
    }

    private Path said(String option, Path run) throws Exception {
        Said said = Said.by("show", run.toString(), option);
        assertEquals(ExitCode.DONE, said.code(), said.err());
        assertEquals("", said.err());
        return Files.writeString(folder.resolve("said"), said.out(), StandardCharsets.UTF_8);
    }

    @Test
    void aTeamIsNamedByThePlacesOfItsMembers() throws Exception {
        Path run = folder.resolve("teams");
        Effort effort = new Effort(new Durations(1, 6, 2), 2, 100, 1234).by(new Teamwork(2, 2));
        HandMadeRun.started(3)
                .joined(0, 3, 1)
                .joined(1, 1, 1)
                .joined(2, 2, 1)
                .formed(7, 1, 1L, 0L)
                .asked(0, 1, 2)
                .arrived(
                        new Evaluation(0, EvaluationStatus.OK, new Score(0.5, 0.5, 0.5), effort, List.of(), ""),
                        1,
                        1,
                        11)
                .lost(0, 12, "killed")
                .broken(7, 12)
                .write(run);
        String all = Said.by("show", run.toString()).out();
        assertTrue(
                all.contains("teams of 2 workers: 1 formed, 1 lost; communication 25.0 % of training and validation"),
                all);
        assertTrue(all.contains("worker 3 on host3 (simulated): 1 evaluation, busy 9.0 s, lost"), all);
        assertTrue(
                all.contains("worker 1 on host1 (simulated): 1 evaluation, busy 9.0 s" + System.lineSeparator()), all);
        Path gone = folder.resolve("others");
        HandMadeRun.started(3)
                .joined(0, 1, 1)
                .joined(1, 2, 1)
                .joined(2, 3, 1)
                .formed(1, 1, 0L, 1L)
                .broken(1, 2)
                .formed(2, 2, 0L, 1L, 2L)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 11, 8)
                .write(gone);
        String both = Said.by("show", gone.toString()).out();
        assertTrue(both.contains("teams of 2 and 3 workers: 2 formed, 1 lost"), both);
        String one = Said.by("show", run.toString(), "--id", "0").out();
        assertTrue(one.contains("team 7, workers 1, 3; communication 2 s, 25.0 % of training and validation"), one);
        String json = Said.by("show", run.toString(), "--json").out();
        assertTrue(
                json.replaceAll("\\s", "").contains("\"teams\":[{\"team\":7,\"workers\":[1,0],\"formed_s\":1.0"), json);
    }

    @Test
    void csvHasTheColumnsAndValuesOfTheHdf5File() throws Exception {
        Path run = run();
        assertEquals(ExitCode.DONE, Said.by("recover", run.toString()).code());
        String checked = Outside.python(
                """
                import csv, sys, h5py, numpy as np, pandas as pd
                with h5py.File(sys.argv[2]) as f:
                    g = f["evaluations"]
                    h5 = {k: (d.asstr()[:] if h5py.check_string_dtype(d.dtype) else d[:]) for k, d in g.items()}
                    def texts(name):
                        b, o = f[name]["utf8"][:], f[name]["offset"][:]
                        return [b[i:j].tobytes().decode() for i, j in zip(o[:-1], o[1:])]
                    h5["genome"], h5["message"] = texts("genomes"), texts("messages")
                    h5["simulated"] = np.full(g.attrs["rows"], f.attrs["simulated"])
                table = pd.read_csv(sys.argv[1], keep_default_na=True, lineterminator=None)
                assert set(table.columns) == set(h5), set(table.columns) ^ set(h5)
                for k, v in h5.items():
                    column = table[k]
                    if k in ("operator", "genome", "message"):
                        assert list(column.fillna("")) == [t.replace("\\x01", "?") for t in v], (k, list(column), list(v))
                    else:
                        assert np.array_equal(column.to_numpy(), np.asarray(v), equal_nan=np.asarray(v).dtype.kind == "f"), k
                        assert column.dtype.kind == np.asarray(v).dtype.kind or column.isna().all(), k
                with open(sys.argv[1], newline="", encoding="utf-8") as f:
                    rows = list(csv.reader(f, strict=True))
                assert len({len(r) for r in rows}) == 1
                raw = open(sys.argv[1], "rb").read()
                assert raw.endswith(b"\\r\\n")
                print(len(rows), table.fitness.isna().sum())
                """,
                said("--csv", run).toString(),
                run.resolve("run.h5").toString());
        assertEquals("4 1", checked.strip());
    }

    @Test
    void jsonIsOneObjectWithNumbersAsNumbers() throws Exception {
        Path run = run();
        String checked = Outside.python(
                """
                import json, sys
                def refuse(word): raise ValueError(word)
                run = json.load(open(sys.argv[1], encoding="ascii"), parse_constant=refuse)
                assert run["name"] == sys.argv[2], run["name"]
                assert run["simulated"] is True and run["state"] == "open" and run["reason"] is None
                assert (run["asked"], run["evaluated"]) == (4, 3)
                assert run["statuses"]["ok"] == 2 and run["statuses"]["diverged"] == 1 and sum(run["statuses"].values()) == 3
                assert run["best_fitness"] == 1.25e-7
                a = run["accounting"]
                assert abs(sum(a[k] for k in ("utilisation", "waiting", "starting", "lost", "draining")) - 1) < 1e-9
                assert (a["first_dispatch_s"], a["last_arrival_s"], a["wall_s"]) == (2, 9, 7)
                assert [w["evaluations"] for w in run["workers"]] == [2, 1] and run["workers"][0]["left_s"] is None
                assert [c["id"] for c in run["top"]] == [2, 0] and run["top"][0]["parent_a"] is None
                assert [c["ssim"] for c in run["top"]] == [None, 1 / 3], run["top"]
                assert [c["psnr"] for c in run["top"]] == [None, 18.25] and run["top"][1]["knn_accuracy"] is None
                assert len(run["sessions"]) == 1 and run["sessions"][0]["end_s"] is None
                print("good")
                """,
                said("--json", run).toString(),
                ODD);
        assertEquals("good", checked.strip());
    }

    @Test
    void jsonHasTheBestNetworkAsAGraph() throws Exception {
        Path run = folder.resolve("graph");
        HandMadeRun.trained("budget: {evaluations: 40}")
                .of(new Shape(2, 6, 7), 1)
                .asked(
                        0,
                        0,
                        2,
                        "conv(3,k3,s2,relu) conv(4,k3,s1,elu) conv(5,k3,s2,tanh) skip(0,2) | latent(4) | dense(8,relu)"
                                + " | adam(lr0.001,batch32)")
                .arrived(0, 1, 0, 3, 1)
                .write(run);
        String checked = Outside.python(
                """
                import json, sys
                n = json.load(open(sys.argv[1]))["network"]
                assert n["candidate"] == 0 and n["input"] == [2, 6, 7]
                made = {"input": n["input"]}
                joins = 0
                for layer in n["layers"]:
                    assert all(name in made for name in layer["from"]) and layer["name"] not in made
                    joins += len(layer["from"]) > 1
                    made[layer["name"]] = layer["output"]
                assert joins == 1, n
                assert made[n["outputs"]["output"]] == [2, 6, 7] and made[n["outputs"]["latent"]] == [4, 1, 1]
                assert sum(layer["parameters"] for layer in n["layers"]) == n["parameters"]
                assert n["forward_operations"] > 2 * n["parameters"]
                print("good")
                """,
                said("--json", run).toString());
        assertEquals("good", checked.strip());
    }

    @Test
    void anyTextIsWrittenSoThatItIsReadBack() throws Exception {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x3000; c++) {
            all.append(c);
        }
        Path file = Files.writeString(
                folder.resolve("text.json"),
                Json.of(Map.of(
                        "all",
                        all,
                        "none",
                        Optional.empty(),
                        "some",
                        Optional.of(List.of(1.5, Double.NaN, -3L, true)))));
        assertEquals(
                "12288 True [1.5, None, -3, True] None",
                Outside.python(
                                "import json, sys; v = json.load(open(sys.argv[1]));"
                                        + " print(len(v['all']), v['all'] == ''.join(map(chr, range(0x3000))), v['some'],"
                                        + " v['none'])",
                                file.toString())
                        .strip());
    }

    private static String candidate(Path run, int id) {
        Said said = Said.by("show", run.toString(), "--id", Integer.toString(id));
        assertEquals(ExitCode.DONE, said.code(), said.err());
        return said.out();
    }

    @Test
    void aCandidateIsAMemberOrLeft() throws Exception {
        Path run = folder.resolve("members");
        HandMadeRun made = HandMadeRun.started(2).joined(0, 1, 1).joined(1, 2, 1);
        for (int id = 0; id < 6; id++) {
            made.asked(id, 0, id + 2);
        }
        made.arrived(0, 1, 0, 10, 4)
                .inserted(0, 10.5)
                .arrived(1, 1, 0, 11, 4)
                .inserted(1, 11.5, 1L)
                .arrived(2, 1, 0, 12, 4, Double.NaN, EvaluationStatus.DIVERGED, ODD)
                .inserted(2, 12.5)
                .arrived(3, 1, 0, 13, 4)
                .inserted(3, 13.5, 0L)
                .arrived(4, 1, 0, 14, 4)
                .write(run);
        String gone = candidate(run, 0);
        assertTrue(gone.contains("population  member from 10.5 s until it left at 13.5 s"), gone);
        String refused = candidate(run, 1);
        assertTrue(refused.contains("population  did not stay: it left at 11.5 s, when it was taken in"), refused);
        String failed = candidate(run, 2);
        assertTrue(failed.contains("never a member") && failed.contains("none: diverged"), failed);
        String member = candidate(run, 3);
        assertTrue(member.contains("population  member since 13.5 s"), member);
        assertTrue(member.contains("made by     random\n") && member.contains("children    none"), member);
        assertTrue(candidate(run, 4).contains("not a member yet"), candidate(run, 4));
        assertTrue(candidate(run, 5).contains("not evaluated yet"), candidate(run, 5));
        Said none = Said.by("show", run.toString(), "--id", "6");
        assertEquals(ExitCode.USAGE, none.code());
        assertTrue(none.err().contains("--id 6: no such candidate; the run has 0 to 5"), none.err());
        Said both = Said.by("show", run.toString(), "--id", "0", "--csv");
        assertTrue(both.code() == ExitCode.USAGE && both.err().contains("--id shows one candidate"), both.err());
    }

    @Test
    void onlyOneThingIsShown() throws Exception {
        Said said = Said.by("show", run().toString(), "--csv", "--json");
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("only one can be done"), said.err());
    }
}
