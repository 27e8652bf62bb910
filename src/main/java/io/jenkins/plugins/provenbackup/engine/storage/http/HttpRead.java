package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads parts of files (RFC 9110, section 14). */
public final class HttpRead {

    private final HttpLink link;

    public HttpRead(HttpLink link) {
        this.link = link;
    }

    /** The bytes from an offset; the stream's end may come early only when the connection breaks, which is an error. */
    public InputStream open(String path, long offset, long length) throws IOException {
        if (length == 0) {
            return new ByteArrayInputStream(new byte[0]);
        }
        HttpAnswer answer = link.send(HttpCall.of("GET", path)
                .with("Accept-Encoding", "identity")
                .with("Range", "bytes=" + offset + "-" + (offset + length - 1)));
        if (answer.status() == HttpStatus.PARTIAL_CONTENT) {
            String range = answer.header("Content-Range").orElse("");
            if (!range.startsWith("bytes " + offset + "-")) {
                answer.close();
                throw new IOException("the server sent the range \"" + range + "\" instead of one from " + offset);
            }
            return answer.body();
        }
        InputStream whole = answer.require(HttpStatus.OK).body();
        // A server that knows no ranges sends everything.
        try {
            whole.skipNBytes(offset);
        } catch (IOException e) {
            whole.close();
            throw e;
        }
        return whole;
    }
}
