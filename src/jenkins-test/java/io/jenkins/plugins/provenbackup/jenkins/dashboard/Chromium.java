package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONObject;

/** A browser that lays pages out as people see them, driven by the DevTools protocol. For one thread. */
final class Chromium implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final String SAYS_WHERE = "DevTools listening on ws://";

    private final Process process;
    private final WebSocket page;
    private final BlockingQueue<JSONObject> answers = new LinkedBlockingQueue<>();
    private int calls;

    private Chromium(Process process, String address) throws IOException, InterruptedException {
        this.process = process;
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest newPage = HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JSONObject made = JSONObject.fromObject(
                client.send(newPage, BodyHandlers.ofString()).body());
        page = client.newWebSocketBuilder()
                .buildAsync(URI.create(made.getString("webSocketDebuggerUrl")), new Answers(answers))
                .join();
        call("Page.enable", new JSONObject());
    }

    /** Starts one, whose profile goes to a new directory. */
    static Chromium start(Path profile) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "no /usr/bin/chromium: install chromium");
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        try {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(SAYS_WHERE)) {
                    Thread drain = new Thread(() -> said.lines().forEach(rest -> {}), "chromium output");
                    drain.setDaemon(true);
                    drain.start();
                    return new Chromium(
                            process, line.substring(SAYS_WHERE.length()).split("/", -1)[0]);
                }
            }
            throw new IOException("Chromium ended without saying where it listens");
        } catch (Exception e) {
            process.destroy();
            throw e;
        }
    }

    /** Opens a page in a window of so many pixels, and waits until it is there with its styles. */
    void open(URL address, int width) throws IOException, InterruptedException {
        JSONObject size = new JSONObject();
        size.put("width", width);
        size.put("height", 900);
        size.put("deviceScaleFactor", 1);
        size.put("mobile", false);
        call("Emulation.setDeviceMetricsOverride", size);
        JSONObject where = new JSONObject();
        where.put("url", address.toString());
        call("Page.navigate", where);
        for (int i = 0; i < 300; i++) {
            if ("true"
                    .equals(evaluate(
                            "String(document.readyState === 'complete' && location.href === '" + address + "')"))) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException(address + " did not load");
    }

    /** The value of an expression that is a text. */
    String evaluate(String expression) throws IOException, InterruptedException {
        JSONObject what = new JSONObject();
        what.put("expression", expression);
        what.put("returnByValue", true);
        JSONObject answer = call("Runtime.evaluate", what);
        if (answer.has("exceptionDetails")) {
            throw new IOException(answer.getJSONObject("exceptionDetails").toString());
        }
        return answer.getJSONObject("result").optString("value");
    }

    private JSONObject call(String method, JSONObject parameters) throws IOException, InterruptedException {
        int id = ++calls;
        JSONObject call = new JSONObject();
        call.put("id", id);
        call.put("method", method);
        call.put("params", parameters);
        page.sendText(call.toString(), true).join();
        for (JSONObject answer = next(); ; answer = next()) {
            if (answer.optInt("id") == id) {
                if (answer.has("error")) {
                    throw new IOException(method + ": " + answer.getJSONObject("error"));
                }
                return answer.getJSONObject("result");
            }
        }
    }

    private JSONObject next() throws IOException, InterruptedException {
        JSONObject answer = answers.poll(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
            throw new IOException("Chromium does not answer");
        }
        return answer;
    }

    @Override
    public void close() {
        page.abort();
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    private static final class Answers implements WebSocket.Listener {

        private final BlockingQueue<JSONObject> answers;
        private final StringBuilder text = new StringBuilder();

        Answers(BlockingQueue<JSONObject> answers) {
            this.answers = answers;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                answers.add(JSONObject.fromObject(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
