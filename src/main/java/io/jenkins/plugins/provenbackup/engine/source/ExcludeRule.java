package io.jenkins.plugins.provenbackup.engine.source;

import java.util.List;

/** One pattern. Immutable. */
final class ExcludeRule {

    /** What becomes of that which matches. */
    enum Verdict {
        EXCLUDE,
        INCLUDE
    }

    enum Target {
        ANYTHING,
        DIRECTORIES
    }

    /** What is compared: the last component of a path, or all of it. */
    enum Scope {
        NAME,
        PATH
    }

    private final Verdict verdict;
    private final Target target;
    private final Scope scope;
    private final NameGlob[] components;
    private final boolean[] anyDepth;

    ExcludeRule(Verdict verdict, Target target, Scope scope, List<NameGlob> components) {
        this.verdict = verdict;
        this.target = target;
        this.scope = scope;
        this.components = components.toArray(NameGlob[]::new);
        this.anyDepth = new boolean[components.size()];
        for (int i = 0; i < anyDepth.length; i++) {
            anyDepth[i] = components.get(i).isDoubleStar();
        }
    }

    Verdict verdict() {
        return verdict;
    }

    /** @param name where the last component of the path begins */
    boolean matches(byte[] path, int name, FileStat.Type type) {
        if (target == Target.DIRECTORIES && type != FileStat.Type.DIRECTORY) {
            return false;
        }
        return scope == Scope.NAME ? components[0].matches(path, name, path.length) : matchesPath(path);
    }

    /** Two stars match any number of components; at the end at least one. Backtracks to the last two stars only. */
    private boolean matchesPath(byte[] path) {
        int component = 0;
        int at = 0;
        int stars = -1;
        int starsAt = 0;
        while (at <= path.length) {
            if (component < components.length && anyDepth[component]) {
                if (component == components.length - 1) {
                    return true;
                }
                stars = component++;
                starsAt = at;
                continue;
            }
            int end = endOfComponent(path, at);
            if (component < components.length && components[component].matches(path, at, end)) {
                component++;
                at = end + 1;
            } else if (stars >= 0) {
                component = stars + 1;
                starsAt = endOfComponent(path, starsAt) + 1;
                at = starsAt;
            } else {
                return false;
            }
        }
        return component == components.length;
    }

    private static int endOfComponent(byte[] path, int from) {
        int end = from;
        while (end < path.length && path[end] != '/') {
            end++;
        }
        return end;
    }
}
