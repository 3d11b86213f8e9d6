package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.config.RunConfig;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.network.Blueprint;
import org.aevo.record.RunData;
import org.aevo.record.RunReader;
import org.aevo.record.WrittenRun;
import org.aevo.report.run.Outputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report in a real browser: quiet, without a network, all of it drawn, and readable in wide and narrow. */
class ReportPageTest {
    private static final String SWISS_ROLL =
            """
            name: swiss-roll
            seed: 2
            budget: {evaluations: 8}
            evolution: {population: 4, min-population: 2, tournament: 2}
            space: {family: dense, latent: 3, max-genes: 2, units: [4, 16]}
            training: {epochs: 3}
            data: {kind: blobs, features: 3, samples: 300, centers: 4}
            cluster: {workers: 2}
            """;

    /** Measures the page as a reader would see it. */
    private static final String MEASURE =
            """
            (() => {
              const found = {figures: 0, faults: [], overflow: document.documentElement.scrollWidth - innerWidth};
              const fault = text => found.faults.push(text);
              // whether a mark is clipped by nothing but the figure itself: what a plot crops may lie outside
              const isWhole = (clipped, view) => !clipped || document
                  .getElementById(clipped.getAttribute('clip-path').slice(5, -1)).firstElementChild.getAttribute('d')
                  .startsWith(`M0 0 L${view.width} 0 `);
              for (const svg of document.querySelectorAll('figure svg')) {
                found.figures++;
                const name = svg.closest('figure').id, box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
                if (!(box.width > 100 && box.height > 50)) fault(name + ' is ' + box.width + ' by ' + box.height);
                if (!svg.getAttribute('aria-label')) fault(name + ' has no label');
                const scale = box.width / view.width;
                let marks = 0;
                for (const mark of svg.querySelectorAll('path, rect, ellipse, image, circle, line, polyline, polygon')) {
                  if (mark.closest('clipPath')) continue;
                  const b = mark.getBoundingClientRect();
                  if (b.left < box.right && b.top < box.bottom && b.right > box.left && b.bottom > box.top) marks++;
                  else if (isWhole(mark.closest('[clip-path]'), view)) fault(name + ' draws outside: ' + mark.outerHTML.slice(0, 80));
                }
                if (marks < 3) fault(name + ' has ' + marks + ' marks');
                const texts = [...svg.querySelectorAll('text')];
                if (texts.length < 3) fault(name + ' has ' + texts.length + ' texts');
                const boxes = texts.map(text => text.getBoundingClientRect());
                texts.forEach((text, i) => {
                  const size = parseFloat(getComputedStyle(text).fontSize) * scale;
                  if (size < 9) fault(name + ' has text of ' + size.toFixed(1) + ' px: ' + text.textContent);
                  const b = boxes[i];
                  if (b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1 || b.bottom > box.bottom + 1)
                    fault(name + ' has text that is cut: ' + text.textContent);
                  for (let j = 0; j < i; j++) {
                    const c = boxes[j];
                    const w = Math.min(b.right, c.right) - Math.max(b.left, c.left);
                    const h = Math.min(b.bottom, c.bottom) - Math.max(b.top, c.top);
                    if (w > 1 && h > 4) fault(name + ' has texts on each other: ' + text.textContent + ' / ' + texts[j].textContent);
                  }
                });
              }
              for (const e of document.querySelectorAll('p, td, th, a, li, h1, h2, figcaption, footer'))
                if (parseFloat(getComputedStyle(e).fontSize) < 11) fault('small text: ' + e.textContent);
              for (const table of document.querySelectorAll('table')) {
                const view = table.closest('.scroll');
                if (!view) { fault('a table that cannot be scrolled'); continue; }
                const box = view.getBoundingClientRect();
                if (box.left < -1 || box.right > innerWidth + 1) fault('a table that leaves the window');
                const hidden = view.scrollWidth - view.clientWidth, columns = table.rows[0].cells.length;
                if (hidden > 1 && innerWidth >= 1280 && columns <= 14)
                  fault('a table of ' + columns + ' columns is cut off by ' + hidden + ' px: ' + view.parentElement.id);
                if (hidden > 1 && view.clientWidth < 0.9 * (innerWidth - 60))
                  fault('a table that is cut off while there is room');
              }
              for (const a of document.querySelectorAll('nav a'))
                if (!document.querySelector(a.getAttribute('href'))) fault('a link to nowhere: ' + a.href);
              const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
              if (new Set(ids).size !== ids.length) fault('an id is there twice');
              if (!document.documentElement.lang || document.querySelectorAll('h1').length !== 1) fault('no language or title');
              return found;
            })()
            """;

    @TempDir
    Path folder;

    @Test
    void aRunThatTrained() throws Exception {
        Files.writeString(folder.resolve("input.yaml"), SWISS_ROLL);
        AevoProcess.Result run = AevoProcess.run(folder, "run", "input.yaml", "-o", "run");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        theNetworkIsTheOneThatWasTrained();
        report("run");
        String page = page();
        assertFalse(page.contains("SIMULATED"));
        assertTrue(page.contains("samples of the test part"), page);
        look(List.of(
                "breakdown",
                "gantt",
                "throughput",
                "durations",
                "fitness-time",
                "curves",
                "network",
                "reconstructions",
                "codes"));
    }

    /** Rebuilt from what the run kept, it has the error on the validation part that its training ended with. */
    private void theNetworkIsTheOneThatWasTrained() throws Exception {
        RunData run = RunReader.read(folder.resolve("run"));
        RunConfig config = RunConfig.parse(run.about().inputYaml(), "input");
        Genome genome = GenomeText.parse(run.genomes().get(run.bestRow()));
        Blueprint blueprint = Evaluators.space(config).blueprint(genome);
        assertEquals(Optional.of(blueprint), run.network());
        Outputs outputs = BestNetwork.outputs(run, config, blueprint, split -> false);
        assertEquals("validation", outputs.part());
        double sum = 0;
        for (int i = 0; i < outputs.originals().length; i++) {
            sum += Math.pow((double) outputs.originals()[i] - outputs.reconstructions()[i], 2);
        }
        double fitness = run.evaluations().doubles("fitness")[run.bestRow()];
        assertEquals(fitness, sum / outputs.originals().length, 1e-6 * fitness);
        assertEquals(3, outputs.latent());
    }

    @Test
    void aRunOfHostileTexts() throws Exception {
        WrittenRun.hostile(folder.resolve("hostile"));
        report("hostile");
        assertTrue(page().contains("SIMULATED"));
        assertFalse(page().contains("<script"));
        look(List.of("gantt", "operators"));
    }

    @Test
    void manyRuns() throws Exception {
        for (int i = 1; i <= 9; i++) {
            WrittenRun.sample(folder.resolve("many/async-" + i * i + "w-r1"), i, 60, i * i, 0.02);
        }
        WrittenRun.begun(folder.resolve("many/sync-2w-r1"), 30);
        report("many");
        String page = page();
        assertTrue(page.contains("NOT COMPLETE"), page);
        assertTrue(page.indexOf("async-9w-r1") < page.indexOf("async-16w-r1"), "16 comes after 9");
        look(List.of("r1-gantt", "r10-gantt"));
    }

    private void report(String run) throws Exception {
        AevoProcess.Result report = AevoProcess.run(folder, "report", run, "-o", "out");
        assertEquals(ExitCode.DONE, report.code(), report.err());
        assertEquals("out/report.html\n", report.out());
    }

    private String page() throws Exception {
        return Files.readString(folder.resolve("out/report.html"), StandardCharsets.UTF_8);
    }

    private void look(List<String> figures) throws Exception {
        Path page = folder.resolve("out/report.html");
        for (String figure : figures) {
            assertTrue(page().contains("id=\"figure-" + figure + "\""), figure + " is not in the page");
        }
        try (Browser browser = Browser.start()) {
            for (int width : new int[] {1280, 600}) {
                browser.open(page, width);
                Map<String, Object> found = Browser.map(browser.evaluate(MEASURE));
                assertEquals(List.of(), found.get("faults"), "at " + width);
                assertTrue(((Number) found.get("figures")).intValue() >= figures.size());
                assertTrue(((Number) found.get("overflow")).doubleValue() <= 0, "the page is wider than " + width);
                assertEquals(List.of(), browser.complaints());
                assertEquals(List.of(page.toUri().toString()), browser.requests());
            }
            String pdf = new String(browser.pdf(), StandardCharsets.ISO_8859_1);
            assertTrue(pdf.startsWith("%PDF") && pdf.split("/Type */Page\\b").length > 2, "no pages");
            // a file by itself is drawn too
            browser.open(folder.resolve("out/figures/" + figures.get(0) + ".svg"), 1280);
            assertEquals(
                    "svg",
                    browser.evaluate("document.documentElement.localName"),
                    "what the file holds is no well-formed picture");
            assertEquals(List.of(), browser.complaints());
        }
    }
}
