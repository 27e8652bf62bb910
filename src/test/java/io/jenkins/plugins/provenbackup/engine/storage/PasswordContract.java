package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A remote storage that logs in by a password. */
public interface PasswordContract extends RemotePlace {

    @Test
    default void refusesAWrongPassword() throws Exception {
        StorageOptions wrong =
                options(port()).withCredentials(StorageCredentials.none().withPassword("mellon".toCharArray()));

        assertThatThrownBy(() -> open(wrong))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("Cannot log in to")
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("mellon");
    }

    @Test
    default void refusesALogInWithoutAPassword() throws Exception {
        StorageOptions none = options(port()).withCredentials(StorageCredentials.none());

        assertThatThrownBy(() -> open(none)).isInstanceOf(StorageException.AccessDenied.class);
    }
}
