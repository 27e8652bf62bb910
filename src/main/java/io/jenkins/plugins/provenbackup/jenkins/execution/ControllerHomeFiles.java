package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection;
import io.jenkins.plugins.provenbackup.jenkins.home.ControllerHome;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The home of this Jenkins. It is read here and nowhere else. */
final class ControllerHomeFiles implements ReadableSource {

    private static final long serialVersionUID = 1L;

    private final EnumSet<HomeSection> sections;
    private final ArrayList<String> patterns;

    /**
     * Names it.
     *
     * @param patterns of what is left out beside, in gitignore syntax
     */
    ControllerHomeFiles(Set<HomeSection> sections, List<String> patterns) {
        this.sections = EnumSet.copyOf(sections);
        this.patterns = new ArrayList<>(patterns);
    }

    @Override
    public Source open() throws IOException {
        return ControllerHome.source(sections, ControllerFolder.without(patterns));
    }

    @Override
    public List<ByteString> roots() {
        return List.of(ByteString.of(RawNames.bytesOf(ControllerHome.directory())));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        throw new NotSerializableException("The home of the controller is read there.");
    }
}
