package io.jenkins.plugins.provenbackup.engine.storage.local;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageContract;
import java.nio.file.Path;

/** File systems without hard links, such as FAT. */
class LocalStorageWithoutLinksTest extends StorageContract {

    @Override
    protected Storage open(Path base) throws Exception {
        return LocalStorage.open(base, OpenMode.EXISTING, (name, existing) -> {
            throw new UnsupportedOperationException();
        });
    }
}
