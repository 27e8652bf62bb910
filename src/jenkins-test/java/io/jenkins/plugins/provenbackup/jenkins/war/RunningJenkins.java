package io.jenkins.plugins.provenbackup.jenkins.war;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real Jenkins: the war in a process of its own, on a loopback port that the system chose, with the given plugins in the
 * given JENKINS_HOME. Without security unless the test configures it; requests carry crumbs as a browser's do.
 *
 * <pre>{@code
 * try (RunningJenkins jenkins = RunningJenkins.at(home).withPlugins("proven-backup", "workflow-job").start()) {
 *     jenkins.script("println Jenkins.get().version");
 * }
 * }</pre>
 */
public final class RunningJenkins implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(3);
    private static final Pattern CRUMB = Pattern.compile("\"crumb\":\"([^\"]+)\",\"crumbRequestField\":\"([^\"]+)\"");

    private final Path home;
    private final ChildProcess process;
    private final URI url;
    private final HttpClient client;
    private final String authorization;

    private RunningJenkins(Path home, ChildProcess process, URI url, String authorization) {
        this.home = home;
        this.process = process;
        this.url = url;
        this.authorization = authorization;
        this.client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    /** Begins one with this JENKINS_HOME, which need not exist yet. */
    public static Preparation at(Path home) {
        return new Preparation(home);
    }

    /** What is still to be said before it starts. */
    public static final class Preparation {

        private final Path home;
        private final Set<String> plugins = new LinkedHashSet<>();
        private final List<String> options = new ArrayList<>();

        private Preparation(Path home) {
            this.home = home;
        }

        /** Installs these by their short names, with all that they need; {@code proven-backup} is the one under test. */
        public Preparation withPlugins(String... names) {
            plugins.addAll(List.of(names));
            return this;
        }

        /** Adds options of the JVM, {@code -Dname=value} for instance. */
        public Preparation withOptions(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        /** Has a Groovy script run whenever Jenkins starts, before it takes requests. */
        public Preparation withInitScript(String name, String script) throws IOException {
            Path folder = Files.createDirectories(home.resolve("init.groovy.d"));
            Files.writeString(folder.resolve(name + ".groovy"), script);
            return this;
        }

        /** Starts it and waits until it takes requests, four minutes at most. */
        public RunningJenkins start() throws IOException, InterruptedException {
            new PluginPackages().install(plugins, Files.createDirectories(home.resolve("plugins")));
            Path port = home.resolve("port-of-test");
            Files.deleteIfExists(port);
            List<String> command = new ArrayList<>(List.of(
                    ChildProcess.java(),
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-DJENKINS_HOME=" + home,
                    "-Djava.awt.headless=true",
                    "-Djenkins.install.runSetupWizard=false",
                    "-Dhudson.model.UpdateCenter.never=true",
                    "-Dhudson.model.UsageStatistics.disabled=true",
                    "-Dwinstone.portFileName=" + port));
            command.addAll(options);
            command.addAll(List.of(
                    "-jar",
                    PluginPackages.required("jenkins.war"),
                    "--httpPort=0",
                    "--httpListenAddress=127.0.0.1",
                    "--prefix=/jenkins"));
            ChildProcess process = ChildProcess.start(command, home, home.resolve("log-of-test"));
            RunningJenkins started = new RunningJenkins(home, process, URI.create("http://127.0.0.1:0/"), "");
            try {
                return started.waitUntilReady(port);
            } catch (IOException | InterruptedException | RuntimeException e) {
                process.close();
                throw e;
            }
        }
    }

    private RunningJenkins waitUntilReady(Path port) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        RunningJenkins found = this;
        while (Instant.now().isBefore(limit)) {
            if (!process.isAlive()) {
                throw new IOException("Jenkins ended by itself:\n" + process.log());
            }
            if (found == this && Files.exists(port) && !Files.readString(port).isBlank()) {
                String address = "http://127.0.0.1:" + Files.readString(port).strip() + "/jenkins/";
                found = new RunningJenkins(home, process, URI.create(address), "");
            }
            if (found != this && found.isReady()) {
                return found;
            }
            Thread.sleep(200);
        }
        throw new IOException("Jenkins did not start within " + START_LIMIT + ":\n" + process.log());
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpResponse<String> response = get("login");
            return response.statusCode() == 200
                    && response.headers().firstValue("X-Jenkins").isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where it is, with a slash at the end. */
    public URI url() {
        return url;
    }

    public Path home() {
        return home;
    }

    /** All that it wrote to its log so far. */
    public String log() throws IOException {
        return process.log();
    }

    /** The same Jenkins seen by a user with this password or API token; its requests share no session with others. */
    public RunningJenkins as(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new RunningJenkins(
                home, process, url, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** Asks for a page; the path is relative to Jenkins' root and begins without a slash. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Sends a form, with a crumb. */
    public HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return post(path, "application/x-www-form-urlencoded", body);
    }

    /** Sends a document, with a crumb: {@code application/xml} to {@code createItem?name=...} makes a job. */
    public HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        Matcher crumb = CRUMB.matcher(get("crumbIssuer/api/json").body());
        if (crumb.find()) {
            request.header(crumb.group(2), crumb.group(1));
        }
        return send(request);
    }

    /**
     * Runs a Groovy script on the controller, as the script console does.
     *
     * @return what it printed
     */
    public String script(String script) throws IOException, InterruptedException {
        HttpResponse<String> response = post("scriptText", Map.of("script", script));
        if (response.statusCode() != 200) {
            throw new IOException("The script ended with status " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Starts an agent in a process of its own, with its files in this folder, and waits until it is online. */
    public RunningAgent startAgent(String name, Path folder, String... options)
            throws IOException, InterruptedException {
        return RunningAgent.start(this, name, folder, List.of(options));
    }

    /** Stops it as the system does on shutdown; its JENKINS_HOME can be started again. */
    @Override
    public void close() {
        process.close();
    }

    /** Stops it as a power cut would. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(REQUEST_LIMIT);
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
