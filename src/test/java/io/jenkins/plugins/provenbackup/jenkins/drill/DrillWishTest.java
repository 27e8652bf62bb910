package io.jenkins.plugins.provenbackup.jenkins.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import org.junit.jupiter.api.Test;

/** What may be said beside {@code drill: true}. */
class DrillWishTest {

    private final RestoreParameters asked = new RestoreParameters();

    @Test
    void aDrillNeedsAPolicy() {
        asked.drill = true;

        assertThat(DrillWish.problem(asked))
                .hasValueSatisfying(text -> assertThat(text).contains("verifyRestore(policy: 'NAME', drill: true)"));
    }

    @Test
    void whatTheDrillChoosesItselfIsRefusedByName() {
        asked.drill = true;
        asked.policy = "shop";
        asked.from = "nas";
        asked.snapshot = "latest";

        assertThat(DrillWish.problem(asked))
                .hasValueSatisfying(text -> assertThat(text).endsWith("leave out snapshot, from, or drill."));
    }

    @Test
    void objectivesAndLimitsGoWithADrill() {
        asked.drill = true;
        asked.policy = "shop";
        asked.rto = "1h";
        asked.limitDownload = "10M";
        asked.onFailure = "UNSTABLE";
        asked.boot = true;

        assertThat(DrillWish.problem(asked)).isEmpty();
    }

    @Test
    void withoutADrillNothingIsSaid() {
        asked.from = "nas";

        assertThat(DrillWish.problem(asked)).isEmpty();
    }
}
