package io.jenkins.plugins.provenbackup.engine.storage.website;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names on an index page, as Apache httpd, nginx, lighttpd and Python's http.server make them. Any other page is none.
 *
 * @param folders names without a slash
 * @param files names
 */
record IndexPage(SortedSet<String> folders, SortedSet<String> files) {

    private static final Pattern TITLE =
            Pattern.compile("<title>\\s*(index of|directory listing for) [^<]*</title>", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("<a\\s+href=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

    static Optional<IndexPage> read(String page) {
        if (!TITLE.matcher(page).find()) {
            return Optional.empty();
        }
        IndexPage index = new IndexPage(new TreeSet<>(), new TreeSet<>());
        Matcher link = LINK.matcher(page);
        while (link.find()) {
            index.add(link.group(1));
        }
        return Optional.of(index);
    }

    /** Links that sort the page or lead elsewhere are no names of a repository. */
    private void add(String link) {
        boolean folder = link.endsWith("/");
        String encoded = (folder ? link.substring(0, link.length() - 1) : link).replaceFirst("^\\./", "");
        if (encoded.isEmpty() || encoded.contains("?") || encoded.contains("/") || isBroken(encoded)) {
            return;
        }
        String name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (ObjectName.isValid(name) && !name.contains("/")) {
            (folder ? folders : files).add(name);
        }
    }

    private static boolean isBroken(String encoded) {
        return encoded.toLowerCase(Locale.ROOT).replaceAll("%[0-9a-f]{2}", "").contains("%");
    }
}
