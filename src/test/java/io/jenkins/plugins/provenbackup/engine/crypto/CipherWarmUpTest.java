package io.jenkins.plugins.provenbackup.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CipherWarmUpTest {

    @Test
    void endsAtOnceWhenInterruptedAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();
        CipherWarmUp.run();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void runsAnyNumberOfTimes() {
        CipherWarmUp.run();
        CipherWarmUp.run();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void isWaitedForWhetherSomebodyBeganOrNot() throws Exception {
        CipherWarmUp.await();
        CipherWarmUp.begin();
        CipherWarmUp.await();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
