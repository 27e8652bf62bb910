package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of the controller that an administrator's policy names. It is read here and nowhere else. */
final class ControllerFolder implements ReadableSource {

    private static final long serialVersionUID = 1L;

    private final String folder;
    private final ArrayList<String> patterns;

    /**
     * Names it.
     *
     * @param patterns of what is left out, in gitignore syntax
     */
    ControllerFolder(Path folder, List<String> patterns) {
        this.folder = folder.toString();
        this.patterns = new ArrayList<>(patterns);
    }

    @Override
    public Source open() throws IOException {
        return new FileTreeSource(List.of(Path.of(folder)), without(patterns));
    }

    /** All but what matches one of these. */
    static WalkOptions without(List<String> patterns) throws AbortException {
        Excludes.Builder excludes = Excludes.builder();
        try {
            for (String pattern : patterns) {
                excludes.add(pattern, "excludes");
            }
        } catch (BadPatternException e) {
            throw new AbortException(e.getMessage());
        }
        return WalkOptions.ALL.withExcludes(excludes.build());
    }

    @Override
    public List<ByteString> roots() {
        return List.of(ByteString.of(RawNames.bytesOf(Path.of(folder))));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        throw new NotSerializableException("A folder of the controller is read there.");
    }
}
