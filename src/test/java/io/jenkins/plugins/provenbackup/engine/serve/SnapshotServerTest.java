package io.jenkins.plugins.provenbackup.engine.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import io.jenkins.plugins.provenbackup.testing.TreeReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotServerTest {

    private static final Pattern HREF = Pattern.compile("<D:href>([^<]*)</D:href>");

    @TempDir
    static Path work;

    private static Path tree;
    private static Laboratory repository;
    private static SnapshotServer server;
    private static RawHttp http;
    private static String root;
    private static String snapshot;
    private static final List<String> PROBLEMS = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void serve() throws Exception {
        tree = work.resolve("tree");
        TreeFixture.zoo(tree);
        Files.writeString(tree.resolve("page.html"), "<script>alert(1)</script>");
        Files.writeString(tree.resolve("<b>&'\".txt"), "odd");
        byte[] large = new byte[9 << 20];
        new Random(7).nextBytes(large);
        Files.write(tree.resolve("large"), large);
        repository = Laboratory.at(work.resolve("repository"));
        repository.backup(tree, SnapshotKind.FULL);
        server = start(0);
        http = new RawHttp(server.address());
        root = server.address().getRawPath();
        String source = hrefs(root).get(1);
        snapshot = hrefs(source).get(1);
    }

    @AfterAll
    static void close() {
        server.close();
        repository.close();
        assertThat(PROBLEMS).isEmpty();
    }

    private static SnapshotServer start(int port) throws IOException {
        return SnapshotServer.start(
                new SnapshotServer.Request(repository.replicas(), repository.recovery(), port, PROBLEMS::add),
                Clock.systemUTC());
    }

    @Test
    void givesRcloneAWholeSnapshot() throws Exception {
        assumeThat(Command.works("rclone", "version")).isTrue();
        Path copy = work.resolve("copy");

        Command.Result rclone = Command.run(
                "rclone",
                "--config",
                "/dev/null",
                "copy",
                "--create-empty-src-dirs",
                "--webdav-url",
                "http://127.0.0.1:" + server.address().getPort() + snapshot,
                ":webdav:",
                copy.toString());

        assertThat(rclone.status()).as(rclone.output()).isZero();
        for (Node node : TreeReader.read(tree)) {
            Path there = RawNames.resolve(copy, node.path());
            switch (node.type()) {
                case DIRECTORY -> assertThat(there).isDirectory();
                case FILE ->
                    assertThat(Files.mismatch(RawNames.resolve(tree, node.path()), there))
                            .as(node.path().toString())
                            .isEqualTo(-1);
                case SYMLINK ->
                    assertThat(Files.readAllBytes(there))
                            .isEqualTo(node.linkTarget().toByteArray());
            }
        }
        assertThat(TreeReader.read(copy)).hasSameSizeAs(TreeReader.read(tree));
    }

    @Test
    void hidesNothing() throws Exception {
        List<String> found = new ArrayList<>();
        collect(snapshot, found);

        List<String> expected = TreeReader.read(tree).stream()
                .filter(node -> !node.path().isRoot())
                .map(node -> snapshot + encoded(node) + (node.type() == EntryType.DIRECTORY ? "/" : ""))
                .sorted()
                .toList();
        assertThat(found.stream().sorted().toList()).isEqualTo(expected);
    }

    @Test
    void givesAnyRangeOfAFile() throws Exception {
        byte[] large = Files.readAllBytes(tree.resolve("large"));
        int[][] ranges = {{0, 0}, {0, large.length - 1}, {4_194_300, 4_194_310}, {large.length - 1, large.length - 1}};
        for (int[] range : ranges) {
            RawHttp.Answer part = http.get(snapshot + "large", "Range: bytes=" + range[0] + "-" + range[1]);
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.header("Content-Range"))
                    .contains("bytes " + range[0] + "-" + range[1] + "/" + large.length);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(large, range[0], range[1] + 1));
        }
        assertThat(http.get(snapshot + "large", "Range: bytes=-5").body())
                .isEqualTo(Arrays.copyOfRange(large, large.length - 5, large.length));
        assertThat(http.get(snapshot + "large", "Range: bytes=9000000-").body())
                .isEqualTo(Arrays.copyOfRange(large, 9_000_000, large.length));
        assertThat(http.get(snapshot + "large", "Range: bytes=99999999-").status())
                .isEqualTo(416);
        assertThat(http.get(snapshot + "large", "Range: bytes=5-1").body()).hasSize(large.length);
        assertThat(http.get(snapshot + "empty-file", "Range: bytes=0-").status())
                .isEqualTo(416);
        assertThat(http.get(snapshot + "empty-file").body()).isEmpty();
        assertThat(http.get(snapshot + "sparse-middle").body())
                .isEqualTo(Files.readAllBytes(tree.resolve("sparse-middle")));
    }

    @Test
    void tellsTheHeadOfAFileAndWhetherItIsKnown() throws Exception {
        RawHttp.Answer head = http.send("HEAD", snapshot + "large", "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).contains(Integer.toString(9 << 20));
        assertThat(head.body()).isEmpty();
        String tag = head.header("ETag").orElseThrow();
        assertThat(http.get(snapshot + "large", "If-None-Match: " + tag).status())
                .isEqualTo(304);
        assertThat(http.get(snapshot + "large", "Range: bytes=0-1", "If-Range: \"other\"")
                        .status())
                .isEqualTo(200);
        assertThat(http.get(snapshot + "large", "Range: bytes=0-1", "If-Range: " + tag)
                        .status())
                .isEqualTo(206);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../",
                "../../",
                "%2e%2e/%2e%2e/etc/passwd",
                "..%2f..%2fetc%2fpasswd",
                "./",
                "names/../large",
                "/large",
                "names//x",
                "large%00",
                "large/below",
                "large/",
                "absent",
                "%ff%fe"
            })
    void findsNothingBehindPathsThatLeadElsewhere(String hostile) throws Exception {
        int status = http.get(snapshot + hostile).status();

        // A slash behind a file's name means the file to most clients.
        assertThat(status).isEqualTo(hostile.equals("large/") ? 200 : 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/robots.txt", "/0123456789abcdef0123456789abcdef/", "//", "/%2e%2e/", "/.."})
    void tellsNothingWithoutTheSecret(String path) throws Exception {
        for (String method : List.of("GET", "PROPFIND", "PUT")) {
            RawHttp.Answer answer = http.send(method, path, "", "Depth: 1");
            // What the JDK takes for no path at all it answers itself.
            assertThat(answer.status()).isIn(404, 400);
            assertThat(answer.text()).doesNotContain(secret());
        }
    }

    @Test
    void refusesOtherHostNames() throws Exception {
        assertThat(http.get(root, "Host: evil.example").status()).isEqualTo(403);
        assertThat(http.get(root, "Host: evil.example:" + server.address().getPort())
                        .status())
                .isEqualTo(403);
        assertThat(http.get("http://evil.example" + root).status()).isEqualTo(403);
        assertThat(http.get(root, "Host: LOCALHOST:" + server.address().getPort())
                        .status())
                .isEqualTo(200);
        assertThat(http.send("GET " + root + " HTTP/1.0\r\n\r\n").status()).isEqualTo(403);
    }

    @Test
    void survivesNonsense() throws Exception {
        assertThat(http.get(snapshot + "%zz").status()).isEqualTo(400);
        assertThat(http.send("GET " + root + "\u00ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .status())
                .isGreaterThanOrEqualTo(400);
        String deep = "a/".repeat(20_000);
        assertThat(http.get(snapshot + deep).status()).isIn(404, 400, 414);
        String entities = "<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
                + "<D:propfind xmlns:D=\"DAV:\"><D:prop><D:x>&a;</D:x></D:prop></D:propfind>";
        assertThat(http.send("PROPFIND", root, entities, "Depth: 0").status()).isEqualTo(400);
        assertThat(http.send("PROPFIND", root, "x".repeat(100_000), "Depth: 0").status())
                .isEqualTo(413);
        assertThat(http.send("PROPFIND", root, "", "Depth: infinity").status()).isEqualTo(403);
        assertThat(http.get(root).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "MKCOL", "MOVE", "COPY", "LOCK", "PROPPATCH", "POST"})
    void changesNothing(String method) throws Exception {
        RawHttp.Answer answer = http.send(method, snapshot + "large", "");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("OPTIONS, GET, HEAD, PROPFIND");
    }

    @Test
    void answersForTheAskedPropertiesOnly() throws Exception {
        String body =
                "<propfind xmlns=\"DAV:\"><prop><getcontentlength/><x:colour xmlns:x=\"urn:x\"/></prop></propfind>";

        String answer =
                http.send("PROPFIND", snapshot + "random", body, "Depth: 0").text();

        assertThat(answer)
                .contains("<D:getcontentlength>1500000</D:getcontentlength>")
                .contains("<colour xmlns=\"urn:x\"/>")
                .contains("404 Not Found")
                .doesNotContain("getetag");
    }

    @Test
    void showsPagesThatRunNothing() throws Exception {
        RawHttp.Answer page = http.get(snapshot);
        assertThat(page.text())
                .contains("&lt;b&gt;&amp;&#39;&quot;.txt")
                .doesNotContain("<script")
                .contains("color-scheme: light dark");
        assertThat(page.header("Content-Security-Policy").orElseThrow()).startsWith("default-src 'none'");

        RawHttp.Answer stored = http.get(snapshot + "page.html");
        assertThat(stored.header("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(stored.header("Content-Security-Policy").orElseThrow()).startsWith("sandbox");
        assertThat(stored.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(http.get(snapshot + "names").header("Location")).contains(snapshot + "names/");
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    InetSocketAddress other =
                            new InetSocketAddress(address, server.address().getPort());
                    assertThatThrownBy(() -> new Socket().connect(other, 2_000)).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void servesManyClientsWhileSomeDoNotRead() throws Exception {
        byte[] large = Files.readAllBytes(tree.resolve("large"));
        List<Socket> stalled = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(6);
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort());
                socket.setReceiveBufferSize(4096);
                socket.getOutputStream()
                        .write(("GET " + snapshot + "large HTTP/1.1\r\nHost: 127.0.0.1:"
                                        + server.address().getPort() + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                stalled.add(socket);
            }
            List<Future<byte[]>> answers = clients.invokeAll(Collections.<Callable<byte[]>>nCopies(
                    6, () -> http.get(snapshot + "large").body()));
            for (Future<byte[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(large);
            }
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
            clients.shutdown();
        }
    }

    @Test
    void hasAnotherSecretEachTimeAndEndsWhenClosed() throws Exception {
        SnapshotServer second = start(0);
        String path = second.address().getRawPath();
        assertThat(path).isNotEqualTo(root).hasSize(34);
        RawHttp other = new RawHttp(second.address());
        assertThat(other.get(path).status()).isEqualTo(200);
        assertThat(other.get(root).status()).isEqualTo(404);
        assertThatThrownBy(() -> start(second.address().getPort()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--port");

        second.close();

        assertThatThrownBy(() -> other.get(path)).isInstanceOf(IOException.class);
    }

    private static String secret() {
        return root.substring(1, root.length() - 1);
    }

    private static void collect(String folder, List<String> found) throws IOException {
        List<String> all = hrefs(folder);
        for (String href : all.subList(1, all.size())) {
            found.add(href);
            if (href.endsWith("/")) {
                collect(href, found);
            }
        }
    }

    private static List<String> hrefs(String folder) throws IOException {
        RawHttp.Answer answer = http.send("PROPFIND", folder, "", "Depth: 1");
        assertThat(answer.status()).isEqualTo(207);
        List<String> hrefs = new ArrayList<>();
        Matcher href = HREF.matcher(answer.text());
        while (href.find()) {
            hrefs.add(href.group(1));
        }
        return hrefs;
    }

    private static String encoded(Node node) {
        StringBuilder path = new StringBuilder();
        String[] parts = new String(node.path().toByteArray(), StandardCharsets.ISO_8859_1).split("/", -1);
        for (String part : parts) {
            path.append(path.isEmpty() ? "" : "/")
                    .append(RequestPath.encode(ByteString.of(part.getBytes(StandardCharsets.ISO_8859_1))));
        }
        return path.toString();
    }
}
