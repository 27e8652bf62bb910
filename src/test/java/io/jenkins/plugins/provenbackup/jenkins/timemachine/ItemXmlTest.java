package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a restore changes in a job's configuration, and what it leaves alone. */
class ItemXmlTest {

    private static final String RULED = """
            <?xml version='1.1' encoding='UTF-8'?>
            <project>
              <description>caf\u00e9 &#x1b; &lt;properties&gt;</description>
              <properties>
                <hudson.security.AuthorizationMatrixProperty>
                  <permission>USER:hudson.model.Item.Read:alice</permission>
                </hudson.security.AuthorizationMatrixProperty>
                <jenkins.model.BuildDiscarderProperty/>
              </properties>
              <disabled>false</disabled>
              <builders><hudson.tasks.Shell><command>a
              <!-- b --></command></hudson.tasks.Shell></builders>
            </project>
            """;

    private static ItemXml parse(String xml) throws IOException {
        return ItemXml.parse(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ItemXml xml) throws IOException {
        return new String(xml.toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void dropsWhoMayDoWhatAndNothingElse() throws Exception {
        ItemXml xml = parse(RULED);
        assertThat(xml.authorizations()).hasSize(1);

        xml.takeAuthorizations(Optional.empty());

        assertThat(xml.authorizations()).isEmpty();
        assertThat(text(xml))
                .doesNotContain("alice")
                .contains(
                        "jenkins.model.BuildDiscarderProperty",
                        "caf\u00e9 &#27; &lt;properties&gt;",
                        "version=\"1.1\"");
        assertThat(parse(text(xml)).authorizations()).isEmpty();
    }

    @Test
    void putsThePresentRulesInTheirPlace() throws Exception {
        ItemXml xml = parse(RULED);
        ItemXml present = parse(
                "<project><properties><com.cloudbees.hudson.plugins.folder.properties.AuthorizationMatrixProperty>"
                        + "<permission>bob</permission>"
                        + "</com.cloudbees.hudson.plugins.folder.properties.AuthorizationMatrixProperty></properties></project>");

        xml.takeAuthorizations(Optional.of(present));

        assertThat(xml.authorizations()).isEqualTo(present.authorizations());
        assertThat(text(xml)).contains("bob").doesNotContain("alice");
    }

    @Test
    void takesRulesWhereThereWereNoProperties() throws Exception {
        ItemXml xml = parse("<project><disabled>false</disabled></project>");
        xml.takeAuthorizations(Optional.of(parse(RULED)));
        assertThat(xml.authorizations()).isEqualTo(parse(RULED).authorizations());
    }

    @Test
    void disablesAndEnables() throws Exception {
        ItemXml xml = parse(RULED);
        assertThat(xml.disable()).isTrue();
        assertThat(text(xml)).contains("<disabled>true</disabled>");
        assertThat(xml.disable()).isFalse();
        xml.enable();
        assertThat(text(xml)).contains("<disabled>false</disabled>");
        assertThat(parse("<folder><x><disabled>false</disabled></x></folder>").disable())
                .isFalse();
    }

    @Test
    void readsNothingFromOutside() {
        assertThatThrownBy(() -> parse("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> parse("<project>")).isInstanceOf(RefusedException.class);
    }
}
