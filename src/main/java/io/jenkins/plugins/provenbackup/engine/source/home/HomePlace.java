package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where in a JENKINS_HOME a path lies, by its names alone: in which job or folder, in which build, and whether it holds a
 * secret. Immutable.
 */
public final class HomePlace {

    private static final Set<String> OF_ITEMS = Set.of("jobs", "branches");

    private static final Set<String> SECRET_DIRECTORIES = Set.of(".ssh", ".gnupg");

    /** Keys and stores of keys, and the copies that editors leave of them. */
    private static final Pattern SECRET_FILE = Pattern.compile(
            "credentials\\.xml.*|.+\\.(key|pem|p12|pfx|jks|keystore|kdbx|ppk)([.~].*)?"
                    + "|secret\\.key.*|identity\\.key.*|id_(rsa|dsa|ecdsa|ed25519).*|\\.netrc|\\.git-credentials|master\\.key.*");

    private final EntryPath path;
    private final List<EntryPath> items;
    private final boolean isPartOfComputed;
    private final Optional<EntryPath> build;
    private final boolean isSecret;

    private HomePlace(EntryPath path, List<String> names) {
        this.path = path;
        List<EntryPath> found = new ArrayList<>();
        boolean computed = false;
        int at = 0;
        while (at + 1 < names.size()
                && OF_ITEMS.contains(names.get(at))
                && (at > 0 || names.get(0).equals("jobs"))) {
            computed |= names.get(at).equals("branches");
            at += 2;
            found.add(upper(path, names.size() - at));
        }
        this.items = List.copyOf(found);
        this.isPartOfComputed = computed;
        this.build = path.isRoot()
                ? Optional.empty()
                : HomeLayout.buildDepth(names).map(depth -> upper(path, names.size() - depth));
        this.isSecret = !path.isRoot() && isSecret(names);
    }

    /** Where a path of a snapshot of a home lies. */
    public static HomePlace of(EntryPath path) {
        // Names that are no text are none of Jenkins': whatever stands for them equals nothing that is looked for.
        return new HomePlace(path, List.of(new String(path.toByteArray(), StandardCharsets.UTF_8).split("/", -1)));
    }

    private static EntryPath upper(EntryPath path, int levels) {
        EntryPath upper = path;
        for (int i = 0; i < levels; i++) {
            upper = upper.parent();
        }
        return upper;
    }

    private static boolean isSecret(List<String> names) {
        String last = names.get(names.size() - 1).toLowerCase(Locale.ROOT);
        return HomeLayout.holdsSecrets(names.get(0))
                || names.stream().anyMatch(SECRET_DIRECTORIES::contains)
                || SECRET_FILE.matcher(last).matches();
    }

    public EntryPath path() {
        return path;
    }

    /** The directories of the jobs and folders that it lies in or is, outer ones first. */
    public List<EntryPath> items() {
        return items;
    }

    /** The innermost of them. */
    public Optional<EntryPath> item() {
        return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1));
    }

    /** Whether it is the directory of a job or folder itself. */
    public boolean isItem() {
        return item().filter(path::equals).isPresent();
    }

    /** Whether it lies in a branch of a multibranch project or the like, which computes what it holds. */
    public boolean isPartOfComputed() {
        return isPartOfComputed;
    }

    /** The directory of the build that it lies in or is. */
    public Optional<EntryPath> build() {
        return build;
    }

    /** Whether it is, or may hold, a key or credentials: never to be shown. */
    public boolean isSecret() {
        return isSecret;
    }

    /** As a path. */
    @Override
    public String toString() {
        return path.toString();
    }
}
