package io.jenkins.plugins.provenbackup.engine.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MailAddressesTest {

    @Test
    void takesWhatPeoplePutBetweenAddresses() {
        assertThat(MailAddresses.parse(
                        " ops@example.org, boss@example.org;\n\tnight.watch+pb@büro.example ops@example.org\n"))
                .containsExactly("ops@example.org", "boss@example.org", "night.watch+pb@büro.example");
        assertThat(MailAddresses.parse(" \n")).isEmpty();
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String bad : List.of(
                "ops",
                "ops@",
                "@example.org",
                "a@b@c",
                "Ops <ops@example.org>",
                "ops@example.org\0",
                "o".repeat(250) + "@example.org")) {
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> MailAddresses.parse("first@example.org " + bad))
                    .withMessageContaining("is no mail address");
        }
    }
}
