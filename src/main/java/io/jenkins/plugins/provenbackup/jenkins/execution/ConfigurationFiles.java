package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeConfigurationSource;
import io.jenkins.plugins.provenbackup.jenkins.home.ControllerHome;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What people configure in the home of this Jenkins. It is read here and nowhere else. */
final class ConfigurationFiles implements ReadableSource {

    private static final long serialVersionUID = 1L;

    private final String since;
    private final ArrayList<String> noted;

    /**
     * Names it.
     *
     * @param since id of the snapshot over which only what was noted is looked at; empty for a look at everything
     * @param noted paths that may have changed
     */
    ConfigurationFiles(String since, List<String> noted) {
        this.since = since;
        this.noted = new ArrayList<>(noted);
    }

    @Override
    public Source open() {
        HomeConfigurationSource whole = new HomeConfigurationSource(ControllerHome.directory());
        return since.isEmpty()
                ? whole
                : whole.noted(since, noted.stream().map(Path::of).toList());
    }

    @Override
    public List<ByteString> roots() {
        return List.of(ByteString.of(RawNames.bytesOf(ControllerHome.directory())));
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("The home of the controller is read there.");
    }
}
