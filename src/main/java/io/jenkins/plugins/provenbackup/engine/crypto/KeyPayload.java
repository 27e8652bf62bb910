package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The binary form of a key: "PBK1", u8 kind, the key's fields, and the first 8 bytes of SHA-256 over all before them. All
 * integers are big-endian.
 */
final class KeyPayload {

    /** Longest payload that is read, in bytes; holds thousands of epochs. */
    static final int MAX_LENGTH = 8 << 20;

    private static final byte[] MAGIC = {'P', 'B', 'K', '1'};
    private static final int CHECK = 8;
    private static final int KEY = 32;

    private KeyPayload() {}

    /** The caller wipes the result. */
    static byte[] encode(AccessKey key) {
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length + 1 + bodyLength(key) + CHECK);
        out.put(MAGIC).put((byte) key.kind().code()).put(key.repositoryId().bytes());
        if (key instanceof RecoveryKey recoveryKey) {
            put(out, recoveryKey);
        } else if (key instanceof BackupKey backupKey) {
            put(out, backupKey);
        } else if (key instanceof SourceKey sourceKey) {
            put(out, sourceKey);
        }
        byte[] payload = out.array();
        out.put(check(payload), 0, CHECK);
        return payload;
    }

    private static int bodyLength(AccessKey key) {
        if (key instanceof RecoveryKey recoveryKey) {
            return Hex16.BYTES + 2 * KEY + 4 + recoveryKey.epochs().all().size() * (4 + 2 * KEY);
        }
        if (key instanceof BackupKey backupKey) {
            return Hex16.BYTES + 2 * KEY + 4 + backupKey.epochs().all().size() * (4 + StreamWrapping.PUBLIC_KEY + KEY);
        }
        SourceKey sourceKey = (SourceKey) key;
        return Hex16.BYTES
                + KEY
                + 4
                + nameBytes(sourceKey).length
                + Hex16.BYTES
                + 4
                + sourceKey.epochs().all().size() * (4 + StreamWrapping.PUBLIC_KEY + 4 * KEY);
    }

    private static void put(ByteBuffer out, RecoveryKey key) {
        out.put(key.signingSeed().bytes()).put(key.pseudonymKey().bytes());
        out.putInt(key.epochs().all().size());
        for (RecoveryEpoch epoch : key.epochs().all()) {
            out.putInt(epoch.number());
            out.put(epoch.seed().bytes()).put(epoch.master().bytes());
        }
    }

    private static void put(ByteBuffer out, BackupKey key) {
        out.put(key.verificationKey()).put(key.pseudonymKey().bytes());
        out.putInt(key.epochs().all().size());
        for (BackupEpoch epoch : key.epochs().all()) {
            out.putInt(epoch.number());
            out.put(epoch.publicKey()).put(epoch.master().bytes());
        }
    }

    private static void put(ByteBuffer out, SourceKey key) {
        byte[] name = nameBytes(key);
        out.put(key.verificationKey()).putInt(name.length).put(name);
        out.put(key.sourceId().bytes());
        out.putInt(key.epochs().all().size());
        for (SourceEpoch epoch : key.epochs().all()) {
            out.putInt(epoch.number());
            out.put(epoch.publicKey());
            out.put(epoch.chunkId().bytes()).put(epoch.gear().bytes());
            out.put(epoch.catalog().bytes()).put(epoch.segment().bytes());
        }
    }

    private static byte[] nameBytes(SourceKey key) {
        return key.sourceName().map(Pseudonym::nameBytes).orElse(new byte[0]);
    }

    private static byte[] check(byte[] payload) {
        var digest = Hashing.sha256();
        digest.update(payload, 0, payload.length - CHECK);
        return digest.digest();
    }

    /** Reads a key; {@code name} is what messages call it. The payload is left as it is. */
    static AccessKey decode(byte[] payload, String name) throws DamagedException, UnsupportedFormatException {
        if (payload.length < MAGIC.length + 1 + CHECK
                || payload.length > MAX_LENGTH
                || !Arrays.equals(payload, 0, 3, MAGIC, 0, 3)) {
            throw damaged(name);
        }
        if (payload[3] != MAGIC[3]) {
            throw new UnsupportedFormatException(
                    name + " is in a format that this program does not know. Use a newer version of it.");
        }
        int end = payload.length - CHECK;
        if (!Arrays.equals(check(payload), 0, CHECK, payload, end, payload.length)) {
            throw damaged(name);
        }
        ByteBuffer in = ByteBuffer.wrap(payload, MAGIC.length, end - MAGIC.length);
        int kind = in.get();
        try {
            AccessKey key = switch (kind) {
                case 1 -> sourceKey(in);
                case 2 -> backupKey(in);
                case 3 -> recoveryKey(in);
                default ->
                    throw new UnsupportedFormatException(name + " holds a kind of key (" + kind
                            + ") that this program does not know. Use a newer version of it.");
            };
            if (in.hasRemaining()) {
                key.close();
                throw damaged(name);
            }
            return key;
        } catch (BufferUnderflowException | IllegalArgumentException | CharacterCodingException e) {
            throw damaged(name);
        }
    }

    private static RecoveryKey recoveryKey(ByteBuffer in) {
        RepositoryId repositoryId = RepositoryId.of(take(in, Hex16.BYTES));
        Secret signingSeed = secret(in);
        Secret pseudonymKey = secret(in);
        List<RecoveryEpoch> epochs = new ArrayList<>();
        for (int left = count(in, 4 + 2 * KEY); left > 0; left--) {
            epochs.add(new RecoveryEpoch(in.getInt(), secret(in), secret(in)));
        }
        return new RecoveryKey(repositoryId, signingSeed, pseudonymKey, epochs);
    }

    private static BackupKey backupKey(ByteBuffer in) {
        RepositoryId repositoryId = RepositoryId.of(take(in, Hex16.BYTES));
        byte[] verificationKey = take(in, KEY);
        Secret pseudonymKey = secret(in);
        List<BackupEpoch> epochs = new ArrayList<>();
        for (int left = count(in, 4 + StreamWrapping.PUBLIC_KEY + KEY); left > 0; left--) {
            epochs.add(new BackupEpoch(in.getInt(), take(in, StreamWrapping.PUBLIC_KEY), secret(in)));
        }
        return new BackupKey(repositoryId, verificationKey, pseudonymKey, epochs);
    }

    private static SourceKey sourceKey(ByteBuffer in) throws CharacterCodingException {
        RepositoryId repositoryId = RepositoryId.of(take(in, Hex16.BYTES));
        byte[] verificationKey = take(in, KEY);
        String sourceName = Utf8.decode(take(in, count(in, 1)));
        SourceId sourceId = SourceId.of(take(in, Hex16.BYTES));
        List<SourceEpoch> epochs = new ArrayList<>();
        for (int left = count(in, 4 + StreamWrapping.PUBLIC_KEY + 4 * KEY); left > 0; left--) {
            epochs.add(new SourceEpoch(
                    in.getInt(), take(in, StreamWrapping.PUBLIC_KEY), secret(in), secret(in), secret(in), secret(in)));
        }
        Optional<String> name = Optional.of(sourceName).filter(text -> !text.isEmpty());
        return new SourceKey(repositoryId, verificationKey, name, sourceId, epochs);
    }

    /** A count that fits into what is left, so that it is safe to allocate for. */
    private static int count(ByteBuffer in, int each) {
        int count = in.getInt();
        if (count < 0 || (long) count * each > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return count;
    }

    private static Secret secret(ByteBuffer in) {
        return new Secret(take(in, KEY));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static DamagedException damaged(String name) {
        return new DamagedException(name + " is damaged: its check sum does not fit, a character was lost or mistyped."
                + " Use another copy of it, or export it again.");
    }
}
