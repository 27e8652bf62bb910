package io.jenkins.plugins.provenbackup.jenkins.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Functions;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A view that calls a function which Jenkins does not have shows nothing in its place, and says nothing of it. */
class ViewFunctionsTest {

    private static final Pattern CALL = Pattern.compile("\\bh\\.(\\w+)\\(");

    @Test
    void viewsCallOnlyFunctionsThatJenkinsHas() throws Exception {
        List<Path> views;
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            views = files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
        Set<String> called = new TreeSet<>();
        for (Path view : views) {
            Matcher calls = CALL.matcher(Files.readString(view));
            while (calls.find()) {
                called.add(calls.group(1));
            }
        }

        assertThat(called).contains("urlEncode");
        assertThat(Arrays.stream(Functions.class.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toSet()))
                .containsAll(called);
    }
}
