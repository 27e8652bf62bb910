package io.jenkins.plugins.provenbackup.engine.storage;

import java.nio.file.Path;

class LocalStorageTest extends StorageContract {

    @Override
    Storage open(Path base) throws Exception {
        return StorageFactory.open(StorageLocation.of(base), StorageOptions.defaults(), OpenMode.EXISTING);
    }
}
