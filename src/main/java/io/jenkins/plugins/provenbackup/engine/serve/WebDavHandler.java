package io.jenkins.plugins.provenbackup.engine.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;

/**
 * Answers requests: GET, HEAD, OPTIONS and PROPFIND of depth 0 and 1, below a path that begins with a secret. Everything else
 * is not found, so that nobody learns what there is. A request that was made for another host's name is refused: a web page
 * could have had this machine's address put behind its own name (DNS rebinding).
 */
final class WebDavHandler implements HttpHandler {

    private static final String ALLOWED = "OPTIONS, GET, HEAD, PROPFIND";
    private static final int LARGEST_BODY = 64 << 10;
    private static final String SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    private final SnapshotTree tree;
    private final String secret;
    private final Set<String> hosts;
    private final Consumer<String> problems;

    WebDavHandler(SnapshotTree tree, String secret, Set<String> hosts, Consumer<String> problems) {
        this.tree = tree;
        this.secret = secret;
        this.hosts = Set.copyOf(hosts);
        this.problems = problems;
    }

    @Override
    public void handle(HttpExchange exchange) {
        boolean answered = false;
        try {
            answer(exchange);
            answered = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            // After the headers a broken connection is the only way to say that something is missing.
            if (exchange.getResponseCode() < 0) {
                problems.accept("A request could not be answered: " + e.getMessage());
                answered = tryFail(exchange);
            } else if (!isGoneClient(e)) {
                problems.accept("A file or folder was cut off: " + e.getMessage());
            }
        } finally {
            if (answered) {
                exchange.close();
            } else {
                abort(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        Headers answer = exchange.getResponseHeaders();
        answer.set("Referrer-Policy", "no-referrer");
        answer.set("X-Content-Type-Options", "nosniff");
        answer.set("Cache-Control", "private, no-store");
        if (!isForThisHost(exchange)) {
            status(exchange, 403);
            return;
        }
        if (method.equals("OPTIONS")) {
            answer.set("DAV", "1");
            answer.set("MS-Author-Via", "DAV");
            answer.set("Allow", ALLOWED);
            status(exchange, 200);
            return;
        }
        Optional<List<ByteString>> path =
                RequestPath.parse(String.valueOf(exchange.getRequestURI().getRawPath()));
        if (path.isEmpty() || path.get().isEmpty() || !isSecret(path.get().get(0))) {
            status(exchange, 404);
            return;
        }
        List<ByteString> within = path.get().subList(1, path.get().size());
        if (!Set.of("GET", "HEAD", "PROPFIND").contains(method)) {
            answer.set("Allow", ALLOWED);
            status(exchange, 405);
            return;
        }
        Optional<Resource> found = tree.find(within);
        if (found.isEmpty()) {
            status(exchange, 404);
        } else if (method.equals("PROPFIND")) {
            properties(exchange, within, found.get());
        } else if (found.get() instanceof Resource.File file) {
            file(exchange, file);
        } else if (found.get() instanceof Resource.Folder folder) {
            folder(exchange, within, folder);
        }
    }

    private void properties(HttpExchange exchange, List<ByteString> path, Resource resource) throws IOException {
        String depth = exchange.getRequestHeaders().getFirst("Depth");
        if (depth == null || !Set.of("0", "1").contains(depth)) {
            xml(exchange, 403, "<D:error xmlns:D=\"DAV:\"><D:propfind-finite-depth/></D:error>");
            return;
        }
        PropertyRequest request;
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                exchange.getResponseHeaders().set("Connection", "close");
                status(exchange, 413);
                return;
            }
            request = PropertyRequest.parse(body);
        } catch (XMLStreamException | RuntimeException e) {
            status(exchange, 400);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/xml; charset=utf-8");
        exchange.sendResponseHeaders(207, 0);
        try (Writer out = writer(exchange)) {
            MultiStatus answer = new MultiStatus(out, request);
            String href = href(path);
            boolean isFolder = resource instanceof Resource.Folder;
            answer.begin();
            answer.resource(isFolder ? href + "/" : href, resource);
            if (depth.equals("1") && resource instanceof Resource.Folder folder) {
                folder.children()
                        .each(child -> answer.resource(
                                href + "/" + RequestPath.encode(child.name())
                                        + (child instanceof Resource.Folder ? "/" : ""),
                                child));
            }
            answer.end();
        }
    }

    private void folder(HttpExchange exchange, List<ByteString> path, Resource.Folder folder) throws IOException {
        if (!exchange.getRequestURI().getRawPath().endsWith("/")) {
            exchange.getResponseHeaders().set("Location", href(path) + "/");
            status(exchange, 301);
            return;
        }
        Headers answer = exchange.getResponseHeaders();
        answer.set("Content-Type", "text/html; charset=utf-8");
        answer.set("Content-Security-Policy", ListingPage.POLICY);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (Writer out = writer(exchange)) {
            ListingPage page = new ListingPage(out);
            page.begin("/" + secret + "/", path);
            folder.children().each(page::row);
            page.end();
        }
    }

    private void file(HttpExchange exchange, Resource.File file) throws IOException, InterruptedException {
        Headers asked = exchange.getRequestHeaders();
        Headers answer = exchange.getResponseHeaders();
        String tag = "\"" + file.tag() + "\"";
        answer.set("ETag", tag);
        answer.set("Accept-Ranges", "bytes");
        answer.set("Content-Security-Policy", SANDBOX);
        HttpTime.format(file.modified()).ifPresent(time -> answer.set("Last-Modified", time));
        if (tag.equals(asked.getFirst("If-None-Match"))) {
            status(exchange, 304);
            return;
        }
        answer.set("Content-Type", ContentTypes.of(file));
        Optional<ByteRange> range;
        try {
            range = range(asked, tag, file.size());
        } catch (ByteRange.UnsatisfiableException e) {
            answer.set("Content-Range", "bytes */" + file.size());
            status(exchange, 416);
            return;
        }
        range.ifPresent(part ->
                answer.set("Content-Range", "bytes " + part.from() + "-" + (part.to() - 1) + "/" + file.size()));
        int status = range.isPresent() ? 206 : 200;
        ByteRange bytes = range.orElse(new ByteRange(0, file.size()));
        if (exchange.getRequestMethod().equals("HEAD")) {
            answer.set("Content-Length", Long.toString(bytes.length()));
            exchange.sendResponseHeaders(status, -1);
        } else if (bytes.length() == 0) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length());
            try (OutputStream out = exchange.getResponseBody()) {
                file.content().write(bytes.from(), bytes.to(), out);
            }
        }
    }

    private static Optional<ByteRange> range(Headers asked, String tag, long size)
            throws ByteRange.UnsatisfiableException {
        String range = asked.getFirst("Range");
        String condition = asked.getFirst("If-Range");
        return range == null || condition != null && !condition.equals(tag)
                ? Optional.empty()
                : ByteRange.parse(range, size);
    }

    private boolean isForThisHost(HttpExchange exchange) {
        List<String> host = exchange.getRequestHeaders().get("Host");
        String authority = exchange.getRequestURI().getRawAuthority();
        return host != null
                && host.size() == 1
                && hosts.contains(host.get(0).toLowerCase(Locale.ROOT))
                && (authority == null || hosts.contains(authority.toLowerCase(Locale.ROOT)));
    }

    private boolean isSecret(ByteString given) {
        return MessageDigest.isEqual(given.toByteArray(), secret.getBytes(StandardCharsets.US_ASCII));
    }

    private String href(List<ByteString> path) {
        StringBuilder href = new StringBuilder("/").append(secret);
        path.forEach(part -> href.append('/').append(RequestPath.encode(part)));
        return href.toString();
    }

    private static Writer writer(HttpExchange exchange) {
        return new BufferedWriter(new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8), 1 << 14);
    }

    private static void xml(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    private static boolean tryFail(HttpExchange exchange) {
        try {
            status(exchange, 500);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean isGoneClient(Exception e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe")
                || message.contains("connection reset")
                || message.contains("stream closed");
    }

    /** Closes the connection without the end that a complete answer has. */
    private static void abort(HttpExchange exchange) {
        exchange.close();
    }
}
