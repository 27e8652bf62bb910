package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Readers that do not read cannot take all threads of the web server. */
@WithJenkins
@Timeout(300)
class DownloadsTest {

    /** More than the buffers between here and there hold. */
    private static final int LARGE = 64 << 20;

    @TempDir
    private Path directory;

    /** Somebody who asked for a file, read the head of the answer, and then nothing more. */
    private static final class SlowReader implements AutoCloseable {

        private final Socket socket = new Socket();
        private final List<String> head = new ArrayList<>();
        private final BufferedReader in;

        SlowReader(URL file, String user) throws IOException {
            socket.setReceiveBufferSize(16 << 10);
            socket.connect(new InetSocketAddress(file.getHost(), file.getPort()));
            String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.US_ASCII));
            String request = "GET " + file.getFile() + " HTTP/1.1\r\nHost: " + file.getAuthority()
                    + "\r\nAuthorization: Basic " + login + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024);
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.add(line);
            }
        }

        int status() {
            return Integer.parseInt(head.get(0).split(" ", -1)[1]);
        }

        String rest() throws IOException {
            StringBuilder rest = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                rest.append(line).append('\n');
            }
            return rest.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void onlySoManyAreServedAtOnce(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        Path large = Jenkins.get().getRootDir().toPath().resolve("userContent/large.bin");
        Files.write(large, new byte[LARGE]);
        String point = site.backUp();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("first", "second", "third"));
        URL file = new URL(
                jenkins.getURL(),
                HomeSite.page("download?point=" + point + "&path=" + HomeSite.encoded("userContent/large.bin")));
        List<SlowReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                readers.add(new SlowReader(file, "first"));
                assertThat(readers.get(i).status()).isEqualTo(200);
            }
            try (SlowReader fifth = new SlowReader(file, "first")) {
                assertThat(fifth.status()).isEqualTo(503);
                assertThat(fifth.head).anyMatch(line -> line.equalsIgnoreCase("Retry-After: 60"));
                assertThat(fifth.rest()).contains("Try again when one of them is done");
            }
            for (int i = 4; i < 8; i++) {
                readers.add(new SlowReader(file, "second"));
                assertThat(readers.get(i).status()).as("of another").isEqualTo(200);
            }
            assertThat(statusFor(file, "third")).as("the ninth of all").isEqualTo(503);

            readers.get(0).close();

            int status = 503;
            for (int i = 0; i < 60 && status == 503; i++) {
                Thread.sleep(500);
                status = statusFor(file, "third");
            }
            assertThat(status).isEqualTo(200);
        } finally {
            for (SlowReader reader : readers) {
                reader.close();
            }
        }
    }

    private static int statusFor(URL file, String user) throws IOException {
        try (SlowReader reader = new SlowReader(file, user)) {
            return reader.status();
        }
    }
}
