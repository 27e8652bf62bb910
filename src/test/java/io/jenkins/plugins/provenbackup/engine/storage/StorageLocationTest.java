package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageLocationTest {

    @ParameterizedTest
    @CsvSource({
        "/var/backup, /var/backup",
        "relative/path, relative/path",
        "a:b, a:b",
        "with%20percent, with%20percent",
        "file:///var/my%20backup, /var/my backup",
        "file:/var/backup, /var/backup",
        "FILE://localhost/var/backup, /var/backup",
    })
    void readsLocalPaths(String text, String path) throws Exception {
        StorageLocation location = StorageLocation.parse(text);

        assertThat(location.isLocal()).isTrue();
        assertThat(location.path()).isEqualTo(path);
        assertThat(location).hasToString(path);
    }

    @ParameterizedTest
    @CsvSource({
        "sftp://host/a/b, , host, -1, /a/b",
        "SFTP://me@host:2222/a%20b/%C3%A4, me, host, 2222, '/a b/ä'",
        "sftp://d%40m@[::1]:22/x, d@m, ::1, 22, /x",
        "sftp://me@home@host/x, me@home, host, -1, /x",
        "sftp://host, , host, -1, /",
        "sftp://host/a%2525, , host, -1, /a%25",
    })
    void readsRemoteLocations(String text, String user, String host, int port, String path) throws Exception {
        StorageLocation location = StorageLocation.parse(text);

        assertThat(location.scheme()).isEqualTo("sftp");
        assertThat(location.user().orElse(null)).isEqualTo(user);
        assertThat(location.host()).isEqualTo(host);
        assertThat(location.port().orElse(-1)).isEqualTo(port);
        assertThat(location.path()).isEqualTo(path);
        assertThat(StorageLocation.parse(location.toString())).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "file://host/x",
                "file:relative",
                "sftp:///x",
                "sftp://host:0/x",
                "sftp://host:99999/x",
                "sftp://host:123456789012/x",
                "sftp://host/a/../b",
                "sftp://host/a%2",
                "sftp://host/a%zz",
                "sftp://host/a%00",
                "sftp://host/a%FF",
                "sftp://host/a?b",
                "sftp://host/a#b",
            })
    void refusesWhatItCannotUnderstand(String text) {
        assertThatThrownBy(() -> StorageLocation.parse(text)).isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp://me:s3cret@host/x", "sftp://me:s3c@ret@host/x", "sftp://:s3cret@host/x?y"})
    void refusesPasswordsWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> StorageLocation.parse(text))
                .isInstanceOf(StorageException.class)
                .message()
                .doesNotContain("s3c")
                .doesNotContain("ret@");
        assertThatThrownBy(() -> StorageLocation.parse("sftp://me:s3cret@host/x"))
                .hasMessageContaining("password")
                .hasMessageContaining("sftp://user@host/path");
    }

    @Test
    void namesTheSchemesThatItKnows() throws Exception {
        StorageLocation gopher = StorageLocation.parse("gopher://host/x");

        assertThatThrownBy(() -> StorageFactory.open(gopher, StorageOptions.defaults(), OpenMode.EXISTING))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("gopher")
                .hasMessageContaining("s3, sftp, webdav");
    }

    @Test
    void showsNoSecret() {
        StorageCredentials credentials = StorageCredentials.none()
                .withPassword("s3cret".toCharArray())
                .withPrivateKey(Path.of("key"), "phrase".toCharArray());

        assertThat(StorageOptions.defaults().withCredentials(credentials).toString())
                .contains("key")
                .doesNotContain("s3cret")
                .doesNotContain("phrase");
        credentials.close();
        assertThat(credentials.password().orElseThrow()).containsOnly('\0');
    }
}
