package io.jenkins.plugins.provenbackup.engine.storage.website;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpAnswer;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpCall;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpStatus;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks at files by {@code HEAD}, and at folders by the index pages that servers make of them. Only names are taken from a
 * page, since sizes there are rounded; each file's size is asked for.
 */
final class WebPages {

    private static final int LARGEST_PAGE = 64 << 20;

    private final HttpLink link;

    WebPages(HttpLink link) {
        this.link = link;
    }

    /** Tries log-in and trust. */
    void greet(String base) throws IOException {
        HttpAnswer answer = link.greet(HttpCall.of("HEAD", folder(base)));
        if (answer.status() == HttpStatus.UNAUTHORIZED) {
            throw answer.refused();
        }
        answer.close();
    }

    Optional<RemoteEntry> look(String path) throws IOException {
        try (HttpAnswer answer = link.send(HttpCall.of("HEAD", path).with("Accept-Encoding", "identity"))) {
            if (answer.status() == HttpStatus.NOT_FOUND || answer.status() == HttpStatus.GONE) {
                return Optional.empty();
            }
            String name = RemoteEntry.lastPart(path);
            if (HttpStatus.isRedirect(answer.status()) && leadsToFolder(answer, path)) {
                return Optional.of(RemoteEntry.folder(name));
            }
            answer.require(HttpStatus.OK);
            Optional<String> length = answer.header("Content-Length");
            long size = length.isPresent() ? Long.parseLong(length.get()) : sizeByReading(path);
            return Optional.of(RemoteEntry.file(name, size, modified(answer)));
        } catch (NumberFormatException e) {
            throw new IOException("the server tells no size of " + path + " that can be understood", e);
        }
    }

    /** Apache httpd leaves the length out where it answers {@code HEAD} for an empty file. */
    private long sizeByReading(String path) throws IOException {
        HttpCall call =
                HttpCall.of("GET", path).with("Accept-Encoding", "identity").with("Range", "bytes=0-0");
        try (HttpAnswer answer = link.send(call)) {
            answer.require(HttpStatus.OK, HttpStatus.PARTIAL_CONTENT, HttpStatus.RANGE_NOT_SATISFIABLE);
            Optional<String> whole = answer.status() == HttpStatus.OK
                    ? answer.header("Content-Length")
                    : answer.header("Content-Range").map(range -> range.substring(range.lastIndexOf('/') + 1));
            return Long.parseLong(
                    whole.orElseThrow(() -> new IOException("the server does not tell the size of " + path)));
        }
    }

    List<RemoteEntry> list(String path) throws IOException {
        String page;
        HttpAnswer answer = link.send(HttpCall.of("GET", folder(path)).with("Accept", "text/html"));
        if (answer.status() == HttpStatus.FORBIDDEN || answer.status() == HttpStatus.NOT_FOUND) {
            answer.close();
            throw noIndex(path);
        }
        try (InputStream body = answer.require(HttpStatus.OK).body()) {
            page = new String(body.readNBytes(LARGEST_PAGE), StandardCharsets.UTF_8);
        }
        boolean html = answer.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
        Optional<IndexPage> read = html ? IndexPage.read(page) : Optional.empty();
        IndexPage index = read.orElseThrow(() -> noIndex(path));
        List<RemoteEntry> entries = new ArrayList<>();
        for (String name : index.folders()) {
            entries.add(RemoteEntry.folder(name));
        }
        for (String name : index.files()) {
            look(folder(path) + name).ifPresent(entries::add);
        }
        return entries;
    }

    private static String folder(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    private boolean leadsToFolder(HttpAnswer answer, String path) {
        URI asked = link.address(path + "/");
        return answer.header("Location")
                .filter(to -> asked.resolve(to).getRawPath().equals(asked.getRawPath()))
                .isPresent();
    }

    private static Instant modified(HttpAnswer answer) {
        try {
            return answer.header("Last-Modified")
                    .map(time -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(time)))
                    .orElse(Instant.EPOCH);
        } catch (DateTimeException notTold) {
            return Instant.EPOCH;
        }
    }

    private static StorageException noIndex(String path) {
        return new StorageException("The web server shows no index of the folder " + path
                + ", so nobody can know what is in it. Turn its index pages (Options +Indexes, autoindex on) or read-only"
                + " WebDAV on, or fetch the whole folder with another program and restore from there.");
    }
}
