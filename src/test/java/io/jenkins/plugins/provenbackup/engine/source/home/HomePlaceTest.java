package io.jenkins.plugins.provenbackup.engine.source.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a path in a home belongs to. */
class HomePlaceTest {

    private static HomePlace place(String path) {
        return HomePlace.of(EntryPath.parse(path));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
                    config.xml,                              none
                    jobs,                                    none
                    jobs/a,                                  jobs/a
                    jobs/a/config.xml,                       jobs/a
                    jobs/a/jobs,                             jobs/a
                    jobs/a/jobs/b/builds/3/log,              jobs/a/jobs/b
                    jobs/a/branches/main.x/config.xml,       jobs/a/branches/main.x
                    jobs/a/builds/3/archive/jobs/x,          jobs/a
                    jobs/jobs/jobs/jobs/config.xml,          jobs/jobs/jobs/jobs
                    users/jobs/x/config.xml,                 none
                    branches/x/config.xml,                   none
                    """)
    void findsTheInnermostJob(String path, String item) {
        assertThat(place(path).item().map(EntryPath::toString).orElse("none")).isEqualTo(item == null ? "none" : item);
    }

    @Test
    void namesAllFoldersAround() {
        assertThat(place("jobs/a/jobs/b/jobs/c/config.xml").items())
                .extracting(EntryPath::toString)
                .containsExactly("jobs/a", "jobs/a/jobs/b", "jobs/a/jobs/b/jobs/c");
        assertThat(place("jobs/a/jobs/b").isItem()).isTrue();
        assertThat(place("jobs/a/jobs/b/nextBuildNumber").isItem()).isFalse();
        assertThat(place("jobs/a/branches/b").isPartOfComputed()).isTrue();
        assertThat(place("jobs/a").isPartOfComputed()).isFalse();
    }

    @Test
    void namesTheBuild() {
        assertThat(place("jobs/a/builds/3/log").build().map(EntryPath::toString))
                .contains("jobs/a/builds/3");
        assertThat(place("jobs/a/builds/3").build().map(EntryPath::toString)).contains("jobs/a/builds/3");
        assertThat(place("jobs/a/builds/permalinks").build()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secrets",
                "secrets/master.key",
                "secret.key",
                "identity.key.enc",
                "credentials.xml",
                "credentials.xml.bak",
                "jobs/a/credentials.xml",
                "users/x/Credentials.XML",
                "jobs/a/builds/1/archive/server.key",
                "jobs/a/builds/1/archive/id_rsa",
                "userContent/tls.PEM",
                ".ssh/known_hosts",
                "jobs/a/.ssh/config"
            })
    void knowsSecrets(String path) {
        assertThat(place(path).isSecret()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.xml", "jobs/secrets/config.xml", "jobs/a/keynote", "jobs/credentials/config.xml"})
    void leavesOthersAlone(String path) {
        assertThat(place(path).isSecret()).isFalse();
    }

    @Test
    void namesThatAreNoTextBelongToTheirJob() {
        EntryPath path = EntryPath.parse("jobs/\\xff\\xfe/config.xml");
        assertThat(HomePlace.of(path).item().map(EntryPath::toString)).contains("jobs/\\xff\\xfe");
    }
}
