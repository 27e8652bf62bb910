package io.jenkins.plugins.provenbackup.engine.crypto;

/** One generation of a recovery key. */
record RecoveryEpoch(int number, Secret seed, Secret master) implements AutoCloseable {

    BackupEpoch toBackupEpoch() {
        return new BackupEpoch(number, StreamWrapping.publicKey(seed.bytes()), master.copy());
    }

    RecoveryEpoch copy() {
        return new RecoveryEpoch(number, seed.copy(), master.copy());
    }

    @Override
    public void close() {
        seed.close();
        master.close();
    }
}
