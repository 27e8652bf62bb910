package io.jenkins.plugins.provenbackup.engine.serve;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a browser may show. Everything else is to be downloaded, and nothing is run: pages from a backup are plain text. */
final class ContentTypes {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Set<String> TEXTS = Set.of(
            "txt",
            "log",
            "md",
            "xml",
            "json",
            "yaml",
            "yml",
            "csv",
            "properties",
            "ini",
            "conf",
            "sh",
            "groovy",
            "java",
            "html",
            "htm",
            "css",
            "js",
            "sql",
            "svg");
    private static final Map<String, String> SHOWN = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "webp", "image/webp",
            "pdf", "application/pdf");

    private ContentTypes() {}

    static String of(Resource.File file) {
        if (file.kind() == Resource.Kind.SYMLINK) {
            return "inode/symlink";
        }
        String name = new String(file.name().toByteArray(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return TEXTS.contains(ending) ? TEXT : SHOWN.getOrDefault(ending, "application/octet-stream");
    }
}
