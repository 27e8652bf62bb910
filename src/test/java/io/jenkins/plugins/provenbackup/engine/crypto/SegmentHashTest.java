package io.jenkins.plugins.provenbackup.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SegmentHashTest {

    @Test
    void hashesPathsAsTheAuthorsOfSipHashDo() {
        // "SipHash: a fast short-input PRF", appendix A
        try (SegmentHash hash = new SegmentHash(rising(32))) {
            assertThat(hash.ofPath(rising(15))).isEqualTo(0xa129ca6149be45e5L);
            assertThat(hash.ofPath(rising(15))).as("again").isEqualTo(0xa129ca6149be45e5L);
        }
    }

    @Test
    void namesSegmentsByTheFirstHalfOfAnHmac() {
        // RFC 4231, test case 1, whose key of 20 bytes HMAC itself fills with zeros
        byte[] key = Arrays.copyOf(HexFormat.of().parseHex("0b".repeat(20)), 32);
        try (SegmentHash hash = new SegmentHash(key)) {
            assertThat(hash.idOf("Hi There".getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo(HexFormat.of().parseHex("b0344c61d8db38535ca8afceaf0bf12b"));
        }
    }

    @Test
    void refusesKeysOfAnotherLength() {
        assertThatThrownBy(() -> new SegmentHash(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] rising(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
