package io.jenkins.plugins.provenbackup.jenkins.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.ExtensionComponent;
import hudson.model.listeners.ItemListener;
import hudson.slaves.ComputerListener;
import hudson.triggers.Trigger;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What this plugin does differently in a restored copy that is booted. */
class BootModeTest {

    @AfterEach
    void leave() {
        System.clearProperty(BootMode.REPORT);
    }

    @Test
    void changesNothingInAnyOtherJenkins() {
        assertThat(allows(new Trigger.Cron())).isTrue();
        assertThat(allows(new ComputerListener() {})).isTrue();
        assertThat(new BootQueue().shouldSchedule(null, List.of())).isTrue();
    }

    @Test
    void takesAwayWhatWorksByItself() {
        enter();

        assertThat(allows(new Trigger.Cron())).isFalse();
        assertThat(allows(new ComputerListener() {})).isFalse();
        assertThat(allows(new ItemListener() {})).isTrue();
        assertThat(new BootQueue().shouldSchedule(null, List.of())).isFalse();
    }

    @Test
    void opensNoRepository() {
        enter();

        assertThatThrownBy(() -> DestinationAccess.inRun(null, StorageLocation.parse("sftp://nas.example/x"), ""))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("opens no repository");
        assertThatThrownBy(() -> DestinationAccess.forWriting(null)).hasMessageContaining("opens no repository");
        assertThatThrownBy(() -> DestinationAccess.forPruning(null)).hasMessageContaining("opens no repository");
    }

    private static void enter() {
        System.setProperty(BootMode.REPORT, "/tmp/report");
    }

    private static boolean allows(Object extension) {
        return new BootFilter().allows(Object.class, new ExtensionComponent<>(extension));
    }
}
