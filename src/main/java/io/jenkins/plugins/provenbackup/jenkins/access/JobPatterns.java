package io.jenkins.plugins.provenbackup.jenkins.access;

import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Full names of jobs, one a line or between commas: {@code shop/db} is that job, {@code shop/*} every job of the folder, {@code
 * shop/**} every job below it. Upper and lower case are different. A branch of a multibranch project is only meant by its own
 * name, as in {@code shop/main} or {@code *}{@code /main}, never by a wildcard: pull requests are branches there, too.
 */
public final class JobPatterns {

    private static final String COMPUTED_FOLDER = "com.cloudbees.hudson.plugins.folder.computed.ComputedFolder";

    private final Map<String, Pattern> patterns = new LinkedHashMap<>();

    private JobPatterns(List<String> patterns) {
        patterns.forEach(pattern -> this.patterns.put(pattern, regex(pattern)));
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when one cannot be meant, in words for the user
     */
    public static JobPatterns parse(String text) {
        List<String> patterns = new ArrayList<>();
        for (String part : text.split("[,\\r\\n]+", -1)) {
            String pattern = part.strip();
            if (pattern.isEmpty()) {
                continue;
            }
            if (pattern.startsWith("/") || pattern.endsWith("/") || pattern.contains("//")) {
                throw new IllegalArgumentException("'" + pattern
                        + "' is no full name of a job: write like folder/job, folder/* or folder/**, without a slash at"
                        + " either end");
            }
            for (String segment : pattern.split("/", -1)) {
                if (segment.contains("**") && !segment.equals("**")) {
                    throw new IllegalArgumentException(
                            "'" + pattern + "': ** stands alone between slashes, as in folder/**");
                }
            }
            patterns.add(pattern);
        }
        return new JobPatterns(patterns);
    }

    /** Whether none is meant. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Those that name one job, without a wildcard: such a job is not only allowed, it is meant. */
    public List<String> exact() {
        return patterns.keySet().stream()
                .filter(pattern -> !pattern.contains("*"))
                .toList();
    }

    /** Whether a job, or anything else with a full name, is meant. */
    public boolean matches(Item item) {
        boolean isBranch = isBranch(item);
        String name = item.getFullName();
        return patterns.entrySet().stream()
                .filter(one -> !isBranch || lastOf(one.getKey()).equals(lastOf(name)))
                .anyMatch(one -> one.getValue().matcher(name).matches());
    }

    /**
     * Whether a job is meant that does not exist yet.
     *
     * @param fullName of no branch
     */
    public boolean matches(String fullName) {
        return patterns.values().stream()
                .anyMatch(pattern -> pattern.matcher(fullName).matches());
    }

    private static String lastOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** By the name of the class, since the folder plugin need not be there. */
    private static boolean isBranch(Item item) {
        ItemGroup<?> parent = item.getParent();
        for (Class<?> type = parent.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(COMPUTED_FOLDER)) {
                return true;
            }
        }
        return false;
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        String[] segments = pattern.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean isLast = i == segments.length - 1;
            if (segments[i].equals("**")) {
                regex.append(isLast ? ".+" : "(?:[^/]+/)*");
            } else {
                String[] literals = segments[i].split("\\*", -1);
                for (int part = 0; part < literals.length; part++) {
                    regex.append(part == 0 ? "" : "[^/]*").append(Pattern.quote(literals[part]));
                }
                regex.append(isLast ? "" : "/");
            }
        }
        return Pattern.compile(regex.toString());
    }

    @Override
    public String toString() {
        return String.join(", ", patterns.keySet());
    }
}
