package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.source.EntryFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which part of a JENKINS_HOME a path belongs to, by where it lies and never by its name alone: an artifact that is called
 * {@code workspace} is an artifact. The layout is that of Jenkins 2.541; what it does not know is kept.
 */
final class HomeLayout {

    /** Made anew by Jenkins whenever it needs them. */
    private static final Set<String> NOISE_AT_THE_TOP = Set.of(
            "workspace",
            "caches",
            "war",
            "tmp",
            "logs",
            "updates",
            "failed-boot-attempts.txt",
            ".cache",
            ".java",
            ".groovy",
            ".owner",
            ".lastStarted");

    /** Where this program keeps restored trees while it tests them. */
    private static final List<String> SCRATCH = List.of("proven-backup", "scratch");

    /** Below that it keeps what policies did by themselves; each run's log is written while that very run backs up. */
    private static final List<String> RUNS = List.of("proven-backup", "runs");

    private static final Set<String> SECRETS_AT_THE_TOP =
            Set.of("secrets", "secret.key", "secret.key.not-so-secret", "identity.key.enc", ".ssh", ".gnupg");

    /** Directories whose children are jobs or folders: folders, branches, Maven modules, promotions. */
    private static final Set<String> CONTAINERS = Set.of("jobs", "branches", "modules", "promotions");

    /** Beside a job's configuration: links to builds, and the logs of what computes folders. */
    private static final Set<String> ABOUT_BUILDS =
            Set.of("lastSuccessful", "lastStable", "indexing", "computation", "scm-polling.log");

    private static final Pattern WORKSPACE = Pattern.compile("workspace(@.*)?");

    /** What a file is called while Jenkins writes it; it is renamed when it is complete. */
    private static final Pattern UNFINISHED = Pattern.compile(".+-atomic[0-9]+tmp|atomic[0-9]+\\.?tmp");

    private static final Pattern PLUGIN = Pattern.compile(".+\\.[hj]p[il]");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private HomeLayout() {}

    /**
     * Where a path belongs.
     *
     * @param path names from the home downwards, at least one
     * @return empty for what is not worth keeping
     */
    static Optional<HomeSection> sectionOf(List<String> path, EntryFilter.Kind kind) {
        String top = path.get(0);
        if (NOISE_AT_THE_TOP.contains(top)
                || top.startsWith("workspace@")
                || path.equals(SCRATCH)
                || isLogOfRun(path)) {
            return Optional.empty();
        }
        Optional<HomeSection> section = switch (top) {
            case "jobs" -> ofJobs(path);
            case "fingerprints" -> Optional.of(HomeSection.BUILDS);
            case "plugins" -> ofPlugins(path, kind);
            case "users" -> Optional.of(HomeSection.USERS);
            case "userContent" -> Optional.of(HomeSection.USER_CONTENT);
            case "nodes" -> Optional.of(HomeSection.NODES);
            default -> Optional.of(SECRETS_AT_THE_TOP.contains(top) ? HomeSection.SECRETS : HomeSection.CONFIGURATION);
        };
        return section.filter(found -> !isUnfinished(found, path));
    }

    private static boolean isLogOfRun(List<String> path) {
        return path.size() == 5
                && path.subList(0, 2).equals(RUNS)
                && path.get(4).equals("log");
    }

    /** Whether a name directly in a home is that of what encrypts credentials, or of the account's own keys. */
    static boolean holdsSecrets(String top) {
        return SECRETS_AT_THE_TOP.contains(top);
    }

    /** The build that a path lies in: how many of its names lead there; empty when it is in none. */
    static Optional<Integer> buildDepth(List<String> path) {
        int at = path.get(0).equals("jobs") ? insideItem(path) : path.size();
        boolean isBuild = at + 1 < path.size()
                && path.get(at).equals("builds")
                && NUMBER.matcher(path.get(at + 1)).matches();
        return isBuild ? Optional.of(at + 2) : Optional.empty();
    }

    /** Whether a path below {@code jobs} is a job or folder, leads to one, or is the configuration of one. */
    static boolean isItemOrConfiguration(List<String> path, EntryFilter.Kind kind) {
        int at = insideItem(path);
        if (kind == EntryFilter.Kind.DIRECTORY) {
            return at >= path.size();
        }
        return at == path.size() - 1 && path.get(at).equals("config.xml");
    }

    /** Artifacts and the like may be called anything. */
    private static boolean isUnfinished(HomeSection section, List<String> path) {
        boolean isOurs = switch (section) {
            case BUILDS ->
                buildDepth(path).filter(depth -> path.size() > depth + 1).isEmpty();
            case USER_CONTENT -> false;
            default -> true;
        };
        return isOurs && UNFINISHED.matcher(path.get(path.size() - 1)).matches();
    }

    private static Optional<HomeSection> ofJobs(List<String> path) {
        int at = insideItem(path);
        if (at >= path.size()) {
            return Optional.of(HomeSection.JOBS);
        }
        String name = path.get(at);
        if (WORKSPACE.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                name.equals("builds") || ABOUT_BUILDS.contains(name) ? HomeSection.BUILDS : HomeSection.JOBS);
    }

    /** The index of the first name that lies in the innermost job or folder; at least the length when there is none. */
    private static int insideItem(List<String> path) {
        int at = 0;
        while (at < path.size() && CONTAINERS.contains(path.get(at))) {
            at += 2;
            if (at < path.size() && path.get(at).equals("configurations")) {
                at++;
                // A combination of a matrix: axis-NAME/VALUE for each axis.
                while (at < path.size() && path.get(at).startsWith("axis-")) {
                    at += 2;
                }
            }
        }
        return at;
    }

    /** Jenkins unpacks each plugin beside its file; the file is enough. A directory may stand in for the file, too. */
    private static Optional<HomeSection> ofPlugins(List<String> path, EntryFilter.Kind kind) {
        boolean isUnpacked = path.size() == 2
                && kind == EntryFilter.Kind.DIRECTORY
                && !PLUGIN.matcher(path.get(1)).matches();
        boolean isDownloading = path.size() == 2 && path.get(1).endsWith(".tmp");
        return isUnpacked || isDownloading ? Optional.empty() : Optional.of(HomeSection.PLUGINS);
    }
}
