package io.jenkins.plugins.provenbackup.engine.serve;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A folder as a web page without scripts, in the browser's light or dark colours, written resource by resource. */
final class ListingPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #d0d7de; --soft: #59636e; --over: #f3f5f7; --link: #0b57b0; }
            @media (prefers-color-scheme: dark) {
              :root { --line: #3a424c; --soft: #9aa6b2; --over: #20262d; --link: #79b8ff; }
              body { background: #14181d; color: #e4e9ee; }
            }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; }
            h1 { font-size: 1.15rem; font-weight: 600; overflow-wrap: anywhere; }
            a { color: var(--link); text-decoration: none; }
            a:hover, a:focus { text-decoration: underline; }
            table { border-collapse: collapse; width: 100%; }
            th { text-align: left; color: var(--soft); font-weight: 500; font-size: .85rem; }
            th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
            tbody tr:hover { background: var(--over); }
            td:first-child { overflow-wrap: anywhere; white-space: pre-wrap; }
            .n, .t { width: 1%; white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--soft); }
            .n { text-align: right; }
            .d a { font-weight: 600; }
            footer { color: var(--soft); font-size: .85rem; margin-top: 1.5rem; }
            """;

    /** Allows this page its style and nothing else. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder()
                    .encodeToString(ObjectHash.ofContent(STYLE.getBytes(StandardCharsets.UTF_8))
                            .toByteArray())
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Writer out;

    ListingPage(Writer out) {
        this.out = out;
    }

    /** The head and the way up; {@code top} is the path of the root, with a slash at its end. */
    void begin(String top, List<ByteString> path) throws IOException {
        String title = path.isEmpty() ? "Backups" : shown(path.get(path.size() - 1));
        out.write("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                + title + "</title><style>" + STYLE + "</style></head>\n<body><h1>");
        StringBuilder at = new StringBuilder(top);
        out.write("<a href=\"" + Markup.escape(top) + "\">Backups</a>");
        for (ByteString part : path) {
            at.append(RequestPath.encode(part)).append('/');
            out.write(" / <a href=\"" + Markup.escape(at.toString()) + "\">" + shown(part) + "</a>");
        }
        out.write("</h1>\n<table><thead><tr><th scope=\"col\">Name</th><th scope=\"col\" class=\"n\">Size</th>"
                + "<th scope=\"col\">Changed (UTC)</th></tr></thead>\n<tbody>\n");
    }

    void row(Resource resource) throws IOException {
        boolean isFolder = resource instanceof Resource.Folder;
        String slash = isFolder ? "/" : "";
        out.write("<tr><td" + (isFolder ? " class=\"d\"" : "") + "><a href=\"./"
                + RequestPath.encode(resource.name()) + slash + "\">" + shown(resource.name()) + slash + "</a>"
                + kind(resource) + "</td><td class=\"n\">" + size(resource) + "</td><td class=\"t\">"
                + time(resource.modified()) + "</td></tr>\n");
    }

    void end() throws IOException {
        out.write("</tbody></table>\n<footer>Read-only. Also for WebDAV clients: mount or copy from this address."
                + "</footer></body></html>\n");
    }

    private static String kind(Resource resource) {
        boolean isLink = resource instanceof Resource.File file && file.kind() == Resource.Kind.SYMLINK;
        return isLink ? " <span class=\"t\">(symbolic link, shown as text)</span>" : "";
    }

    private static String size(Resource resource) {
        if (!(resource instanceof Resource.File file)) {
            return "";
        }
        double value = file.size();
        int unit = 0;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? file.size() + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    private static String time(Instant time) {
        return time.equals(Instant.EPOCH) ? "" : TIME.format(time);
    }

    private static String shown(ByteString name) {
        return Markup.escape(PrintableName.of(name.toByteArray()));
    }
}
