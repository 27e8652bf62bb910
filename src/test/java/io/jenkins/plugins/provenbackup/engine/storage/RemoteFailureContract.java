package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every remote storage says and does when the network, the server or the account fails. */
@Timeout(120)
public abstract class RemoteFailureContract extends RemoteReadingContract {

    /** What uses a place of little room. */
    protected interface RoomUse {
        void run() throws Exception;
    }

    /** A way to the same directory for an account that may not delete. */
    protected abstract Storage openWithoutRightToDelete(Path path) throws Exception;

    /** What lies at the server under a name, looked at past the storage. */
    protected Optional<byte[]> stored(String name) throws Exception {
        Path file = base.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /** Whether nothing at all lies at the server, looked at past the storage. */
    protected boolean isEmpty() throws Exception {
        try (var files = Files.list(base)) {
            return files.findAny().isEmpty();
        }
    }

    /** Does something while the server has no more room than for some hundred KB. */
    protected void withLittleRoom(RoomUse use) throws Exception {
        try (TinyDisk disk = TinyDisk.mount(base, 400)) {
            share(disk.path());
            use.run();
            assertThat(disk.path().resolve("archives/ab")).isDirectoryNotContaining("glob:**/.tmp-*");
        }
    }

    /** The error that a full disk gives, which not every server tells from others. */
    protected Class<? extends StorageException> whenFull() {
        return StorageException.Full.class;
    }

    @Test
    void neverShowsHalfAnObjectWhereverTheConnectionIsCut() throws Exception {
        BytesPayload payload = BytesPayload.random(700_000, 1);
        try (CuttableProxy proxy = CuttableProxy.to(port());
                Storage storage = openThrough(proxy)) {
            int number = 0;
            for (long bytes : List.of(1L, 150L, 400L, 800L, 1500L, 2500L, 5000L, 300_000L, 690_000L, 701_500L)) {
                String name = "archives/ab/object-" + number++;
                proxy.cutAfter(bytes);
                try {
                    storage.put(name, payload);
                } catch (StorageException.Transient cut) {
                    assertThat(cut).hasMessageContaining(name);
                }
                if (stored(name).isPresent()) {
                    assertThat(stored(name)).hasValue(payload.bytes());
                }
                proxy.cutAfter(Long.MAX_VALUE);
                assertThat(retrying(storage).put(name, payload)).isIn(PutOutcome.STORED, PutOutcome.ALREADY_THERE);
                assertThat(stored(name)).hasValue(payload.bytes());
            }
            assertThat(storage.list("archives")).hasSize(number);
        }
    }

    @Test
    void createsTheBaseOnlyWhenAsked() throws Exception {
        StorageLocation nested = location(base.resolve("a/b c%41"), port());

        assertThatThrownBy(() -> StorageFactory.open(nested, options(port()), OpenMode.EXISTING))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining("init");
        assertThat(isEmpty()).isTrue();

        try (Storage storage = StorageFactory.open(nested, options(port()), OpenMode.CREATE)) {
            storage.put("keys/1", BytesPayload.of("x"));
            assertThat(storage.list(""))
                    .singleElement()
                    .satisfies(object -> assertThat(object.name()).isEqualTo("keys/1"));
        }
        assertThat(stored("a/b cA/keys/1")).isPresent();
    }

    @Test
    void writesForAnAccountThatMayNotDelete() throws Exception {
        try (Storage storage = openWithoutRightToDelete(base)) {
            for (int i = 0; i < 3; i++) {
                assertThat(storage.put("archives/ab/" + i, BytesPayload.random(100_000, i)))
                        .isEqualTo(PutOutcome.STORED);
            }
            assertThat(storage.put("archives/ab/1", BytesPayload.random(100_000, 1)))
                    .isEqualTo(PutOutcome.ALREADY_THERE);

            assertThatThrownBy(() -> storage.delete("archives/ab/1"))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("archives/ab/1");

            assertThat(storage.list("archives")).hasSize(3);
        }
    }

    @Test
    void saysWhenTheDiskIsFull() throws Exception {
        withLittleRoom(() -> {
            try (Storage storage = open()) {
                assertThatThrownBy(() -> storage.put("archives/ab/abc", BytesPayload.random(3_000_000, 1)))
                        .isInstanceOf(whenFull())
                        .hasMessageContaining("archives/ab/abc");

                assertThat(storage.size("archives/ab/abc")).isEmpty();
                assertThat(storage.put("archives/ab/small", BytesPayload.random(1000, 1)))
                        .isEqualTo(PutOutcome.STORED);
            }
        });
    }
}
