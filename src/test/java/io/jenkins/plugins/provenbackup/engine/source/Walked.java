package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What a walk gave, for tests to look at. */
record Walked(List<SourceItem> items, List<Problem> problems) {

    static Walked of(Source source) throws Exception {
        List<SourceItem> items = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (SourceWalk walk = source.walk(problems::add)) {
            for (Optional<SourceItem> item = walk.next(); item.isPresent(); item = walk.next()) {
                items.add(item.get());
            }
        }
        return new Walked(items, problems);
    }

    static Walked of(Path path, WalkOptions options) throws Exception {
        return of(new FileTreeSource(List.of(path), options));
    }

    static Walked of(Path path) throws Exception {
        return of(path, WalkOptions.ALL);
    }

    static EntryPath entry(String path) {
        return EntryPath.of(path.getBytes(StandardCharsets.UTF_8));
    }

    List<String> paths() {
        return items.stream().map(item -> item.node().path().toString()).toList();
    }

    List<Problem.Kind> kinds() {
        return problems.stream().map(Problem::kind).toList();
    }

    SourceItem item(String path) {
        return items.stream()
                .filter(item -> item.node().path().toString().equals(path))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(path + " in " + paths()));
    }

    Node node(String path) {
        return item(path).node();
    }
}
