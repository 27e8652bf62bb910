package io.jenkins.plugins.provenbackup.engine.storage;

import java.nio.file.Path;

/** File systems without hard links, such as FAT. */
class LocalStorageWithoutLinksTest extends StorageContract {

    @Override
    Storage open(Path base) throws Exception {
        return LocalStorage.open(base, OpenMode.EXISTING, (name, existing) -> {
            throw new UnsupportedOperationException();
        });
    }

    @Override
    int manyObjects() {
        return 100;
    }
}
