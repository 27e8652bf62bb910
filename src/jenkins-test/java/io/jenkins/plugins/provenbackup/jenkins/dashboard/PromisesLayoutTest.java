package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.schedule.ProtectedHome;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The table of promises can be read on a desk and on a telephone. */
@WithJenkins
@Timeout(300)
class PromisesLayoutTest {

    /** Words of ordinary length that stand on two lines; nothing tells where a path or an address may break. */
    private static final String BROKEN_WORDS = """
            (() => {
              const broken = [];
              const table = document.querySelector('main table, #main-panel table');
              const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
              for (let text = texts.nextNode(); text; text = texts.nextNode()) {
                for (const word of text.data.matchAll(/(?<![^\\s(])\\p{L}{2,20}(?![^\\s.,;:)])/gu)) {
                  const range = document.createRange();
                  range.setStart(text, word.index);
                  range.setEnd(text, word.index + word[0].length);
                  const lines = new Set([...range.getClientRects()].filter(one => one.width > 0)
                      .map(one => Math.round(one.top)));
                  if (lines.size > 1) {
                    broken.push(word[0]);
                  }
                }
              }
              return broken.join(' ');
            })()
            """;

    private static final String RIGHT_EDGE = """
            String(Math.ceil(Math.max(document.documentElement.scrollWidth,
                ...[...document.querySelector('main table, #main-panel table').querySelectorAll('tr, td, span, div')]
                    .map(one => one.getBoundingClientRect().right))))
            """;

    /** Cells whose content is higher than they are. */
    private static final String SPILLED = """
            String([...document.querySelector('main table, #main-panel table').querySelectorAll('tbody td')]
                .filter(one => one.scrollHeight > one.clientHeight + 1).length)
            """;

    private static final String ROWS =
            "String(document.querySelector('main table, #main-panel table').querySelectorAll('tbody tr').length)";

    @TempDir
    private Path directory;

    @Test
    void wordsStayWholeAndNothingSticksOut(JenkinsRule jenkins) throws Exception {
        ProtectedHome home = ProtectedHome.at(directory.resolve("nas"));
        List<BackupDestination> places =
                new ArrayList<>(ProvenBackupConfiguration.get().getDestinations());
        places.add(BackupSite.destination(
                "offsite",
                directory
                        .resolve("a-directory-that-was-never-made/nor-this-one")
                        .toString()));
        ProvenBackupConfiguration.get().setDestinations(places);
        BackupPolicy policy = home.policy("nightly");
        policy.setDestinations(List.of(new PolicyDestination("nas"), new PolicyDestination("offsite")));
        policy.setRpo("24h");
        policy.setRto("30m");
        policy.setRecoveryTest("7d");
        policy.setCopies("3-2-1");
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
        home.backUp(home.policy("nightly"));
        Looks.at("nightly");
        URL page = new URL(jenkins.getURL(), "proven-backup/policy/nightly/");

        try (Chromium browser = Chromium.start(directory.resolve("profile"))) {
            for (int width : new int[] {1280, 1000, 400}) {
                browser.open(page, width);
                assertThat(Integer.parseInt(browser.evaluate(ROWS))).isGreaterThan(4);
                assertThat(browser.evaluate(SPILLED)).as("at %d pixels", width).isEqualTo("0");
                assertThat(browser.evaluate(BROKEN_WORDS))
                        .as("at %d pixels", width)
                        .isEmpty();
                assertThat(Integer.parseInt(browser.evaluate(RIGHT_EDGE)))
                        .as("at %d pixels", width)
                        .isLessThanOrEqualTo(width);
            }
        }
    }
}
