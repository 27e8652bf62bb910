package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;

/** An answer; whoever gets it closes it, or its body. */
public final class HttpAnswer implements AutoCloseable {

    private static final int WORTH_READING = 1 << 16;

    private final HttpCall call;
    private final HttpResponse<InputStream> response;

    HttpAnswer(HttpCall call, HttpResponse<InputStream> response) {
        this.call = call;
        this.response = response;
    }

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return headers().firstValue(name);
    }

    HttpHeaders headers() {
        return response.headers();
    }

    /** The content, which closes the answer when it is closed. */
    public InputStream body() {
        return new AnswerBody(response.body());
    }

    /** This answer, when it has one of these status codes. */
    public HttpAnswer require(int... expected) throws IOException {
        for (int status : expected) {
            if (status == status()) {
                return this;
            }
        }
        throw refused();
    }

    /** This answer, when it has any 2xx status code other than 207, which hides errors inside. */
    public HttpAnswer requireSuccess() throws IOException {
        if (HttpStatus.isSuccess(status()) && status() != HttpStatus.MULTI_STATUS) {
            return this;
        }
        throw refused();
    }

    /** The error for this answer, which it closes. */
    public HttpStatusException refused() throws IOException {
        close();
        String target = HttpStatus.isRedirect(status())
                ? header("Location").map(to -> " and sends us to " + to).orElse("")
                : "";
        return new HttpStatusException(call, status(), target);
    }

    /** Reads a short rest, so that the connection can be used again, and gives up on a long one. */
    @Override
    public void close() throws IOException {
        try (InputStream rest = response.body()) {
            rest.readNBytes(WORTH_READING);
        }
    }

    /** Reads a short rest when it is closed, so that the connection lives on. */
    private static final class AnswerBody extends FilterInputStream {

        private boolean ended;

        AnswerBody(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            ended |= b < 0;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            ended |= n < 0;
            return n;
        }

        @Override
        public void close() throws IOException {
            try (InputStream rest = in) {
                if (!ended && rest.available() <= WORTH_READING) {
                    rest.readNBytes(WORTH_READING);
                }
            } finally {
                ended = true;
            }
        }
    }
}
