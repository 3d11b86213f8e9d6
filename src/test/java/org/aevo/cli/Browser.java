package org.aevo.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A real browser without a screen: Chromium, driven by its own protocol over a socket of this host. What it says and
 * what it asks the network for is kept.
 */
final class Browser implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final Path folder;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<Map<String, Object>>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
    private String session = "";
    private int next;

    private Browser(Process process, Path folder, String address) {
        this.process = process;
        this.folder = folder;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .join();
    }

    /** Starts one; the test is left out where there is none. */
    static Browser start() throws Exception {
        Path program = Path.of("/usr/bin/chromium");
        assumeTrue(Files.isExecutable(program), "not seen by a browser: apt-get install chromium");
        Path folder = Files.createTempDirectory("aevo-browser");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--force-device-scale-factor=1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            Path port = folder.resolve("DevToolsActivePort");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            List<String> lines = List.of();
            while (lines.size() < 2) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new AssertionError("the browser did not start: "
                            + Files.readString(folder.resolve("out"), StandardCharsets.ISO_8859_1));
                }
                TimeUnit.MILLISECONDS.sleep(20);
                lines = Files.exists(port) ? Files.readAllLines(port) : List.of();
            }
            Browser browser = new Browser(process, folder, "ws://127.0.0.1:" + lines.get(0) + lines.get(1));
            browser.attach();
            return browser;
        } catch (Exception | Error e) {
            stop(process, folder);
            throw e;
        }
    }

    private void attach() throws Exception {
        String target = (String)
                call("Target.createTarget", "{\"url\":\"about:blank\"}").get("targetId");
        session = (String) call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}")
                .get("sessionId");
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", "{}");
        }
    }

    /** Opens a page in a window of this width, with nothing said or asked for yet. */
    void open(Path page, int width) throws Exception {
        complaints.clear();
        requests.clear();
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":900,\"deviceScaleFactor\":1,\"mobile\":false}");
        loaded = new CompletableFuture<>();
        call("Page.navigate", "{\"url\":\"" + page.toUri() + "\"}");
        loaded.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** What the page said of errors: exceptions, the console, what was blocked. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Addresses that were asked for, without those of data in the page. */
    List<String> requests() {
        return requests.stream().filter(url -> !url.startsWith("data:")).toList();
    }

    /** The value of an expression of JavaScript: a String, a number, a list, a map. */
    Object evaluate(String script) throws Exception {
        Map<String, Object> answer =
                call("Runtime.evaluate", "{\"returnByValue\":true,\"expression\":" + quote(script) + "}");
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(answer.get("exceptionDetails").toString());
        }
        return map(answer.get("result")).get("value");
    }

    /** The page on paper. */
    byte[] pdf() throws Exception {
        return Base64.getDecoder()
                .decode((String) call("Page.printToPDF", "{\"preferCSSPageSize\":true,\"printBackground\":true}")
                        .get("data"));
    }

    private Map<String, Object> call(String method, String parameters) throws Exception {
        int id = ++next;
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(
                        "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters
                                + (session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"") + "}",
                        true)
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void take(Map<String, Object> message) {
        if (message.containsKey("id")) {
            CompletableFuture<Map<String, Object>> answer = answers.remove((Integer) message.get("id"));
            if (message.containsKey("error")) {
                answer.completeExceptionally(
                        new IOException(message.get("error").toString()));
            } else {
                answer.complete(map(message.get("result")));
            }
            return;
        }
        String method = (String) message.get("method");
        Map<String, Object> event = map(message.get("params"));
        switch (method) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Network.requestWillBeSent" ->
                requests.add((String) map(event.get("request")).get("url"));
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
                complaints.add(method + " " + event);
            default -> {
                // of no interest
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                Object message = new Load(LoadSettings.builder()
                                .setCodePointLimit(Integer.MAX_VALUE)
                                .build())
                        .loadFromString(text.toString());
                text.setLength(0);
                take(map(message));
            }
            from.request(1);
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            quoted.append(c < ' ' || c == '"' || c == '\\' || c > '~' ? String.format("\\u%04x", (int) c) : "" + c);
        }
        return quoted.append('"').toString();
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        stop(process, folder);
    }

    private static void stop(Process process, Path folder) throws IOException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
