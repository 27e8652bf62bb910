package io.jenkins.plugins.provenbackup.engine.storage.webdav;

import io.jenkins.plugins.provenbackup.engine.storage.http.HttpAnswer;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpBody;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpCall;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpStatus;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at files and folders: {@code PROPFIND} (RFC 4918, section 9.1). Read-only, so a web server may offer it alone. */
public final class DavListing {

    private static final byte[] QUESTION = ("<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                    + "<propfind xmlns=\"DAV:\"><prop><resourcetype/><getcontentlength/><getlastmodified/></prop>"
                    + "</propfind>")
            .getBytes(StandardCharsets.UTF_8);
    private static final String TEMPORARY_OF_APACHE = ".davfs.tmp";

    private final HttpLink link;

    public DavListing(HttpLink link) {
        this.link = link;
    }

    /** Whether the server answers such questions about a folder, which need not be there. */
    public boolean isOffered(String base) throws IOException {
        // With the slash: without it many servers send everybody there before they look at the method.
        try (HttpAnswer answer = link.greet(question(base.endsWith("/") ? base : base + "/", "0"))) {
            return answer.status() == HttpStatus.MULTI_STATUS || answer.status() == HttpStatus.NOT_FOUND;
        }
    }

    void greet(String base) throws IOException {
        HttpAnswer answer = link.greet(question(base, "0"));
        if (answer.status() == HttpStatus.NOT_FOUND || leadsToFolder(answer, base)) {
            answer.close();
            return;
        }
        answer.require(HttpStatus.MULTI_STATUS).close();
    }

    /** What there is at a path. */
    public Optional<RemoteEntry> look(String path) throws IOException {
        HttpAnswer answer = link.send(question(path, "0"));
        if (leadsToFolder(answer, path)) {
            answer.close();
            answer = link.send(question(path + "/", "0"));
        }
        if (answer.status() == HttpStatus.NOT_FOUND || answer.status() == HttpStatus.GONE) {
            answer.close();
            return Optional.empty();
        }
        return entries(answer).stream()
                .filter(found -> isSame(found.path(), path))
                .map(MultiStatus.Found::entry)
                .findFirst();
    }

    /** What a folder holds. */
    public List<RemoteEntry> list(String folder) throws IOException {
        List<RemoteEntry> children = new ArrayList<>();
        boolean sawItself = false;
        String slashed = folder.endsWith("/") ? folder : folder + "/";
        for (MultiStatus.Found found : entries(link.send(question(slashed, "1")))) {
            if (isSame(found.path(), folder)) {
                sawItself = true;
            } else if (isSame(RemoteEntry.parentOf(withoutSlash(found.path())), folder)
                    && !found.entry().name().startsWith(TEMPORARY_OF_APACHE)) {
                children.add(found.entry());
            }
        }
        if (!sawItself) {
            throw new IOException("the server listed another folder than " + folder
                    + "; a proxy that changes paths may be in between");
        }
        return children;
    }

    private static List<MultiStatus.Found> entries(HttpAnswer answer) throws IOException {
        try (InputStream body = answer.require(HttpStatus.MULTI_STATUS).body()) {
            return MultiStatus.read(body);
        }
    }

    private static HttpCall question(String path, String depth) {
        return HttpCall.of("PROPFIND", path)
                .with("Depth", depth)
                .with("Content-Type", "application/xml; charset=utf-8")
                .with(new HttpBody() {
                    @Override
                    public long size() {
                        return QUESTION.length;
                    }

                    @Override
                    public InputStream open() {
                        return new ByteArrayInputStream(QUESTION);
                    }
                });
    }

    /** Some servers send whoever asks for a folder without the slash at its end there. */
    private boolean leadsToFolder(HttpAnswer answer, String path) {
        return HttpStatus.isRedirect(answer.status())
                && answer.header("Location")
                        .map(to -> {
                            URI asked = link.address(path + "/");
                            return asked.resolve(to).getRawPath().equals(asked.getRawPath());
                        })
                        .orElse(false);
    }

    private static boolean isSame(String one, String other) {
        return withoutSlash(one).equals(withoutSlash(other));
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
