package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encrypted values never get through, however the bytes are cut; everything else does. */
class MaskingStreamTest {

    private static final String VALUE = "{AQAAABAAAAAQ3n+/Zm9vYmFy0123456789==}";

    private static byte[] masked(byte[] bytes, int piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MaskingStream stream = new MaskingStream(out)) {
            for (int at = 0; at < bytes.length; at += piece) {
                stream.write(bytes, at, Math.min(piece, bytes.length - at));
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    <password>VALUE</password>, <password>{masked}</password>
                    VALUEVALUE,                 {masked}{masked}
                    {{VALUE,                    {{{masked}
                    {AQAVALUE,                  {AQA{masked}
                    no secret {AQA} here,       no secret {AQA} here
                    {AQ,                        {AQ
                    """)
    void masksValues(String text, String expected) throws IOException {
        byte[] bytes = text.replace("VALUE", VALUE).getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece <= bytes.length; piece++) {
            assertThat(new String(masked(bytes, piece), StandardCharsets.UTF_8))
                    .as("pieces of %d", piece)
                    .isEqualTo(expected);
        }
    }

    @Property(tries = 300)
    void valueIsMaskedBetweenAnyBytes(
            @ForAll @Size(max = 40) byte[] before,
            @ForAll @Size(max = 40) byte[] after,
            @ForAll @IntRange(min = 1, max = 90) int piece)
            throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(before);
        whole.writeBytes(VALUE.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(after);

        String shown = new String(masked(whole.toByteArray(), piece), StandardCharsets.ISO_8859_1);

        assertThat(shown).doesNotContain(VALUE.substring(5, 20)).contains("{masked}");
    }

    @Property(tries = 300)
    void bytesWithoutValuesPass(@ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(min = 1, max = 50) int piece)
            throws IOException {
        assertThat(masked(bytes, piece)).isEqualTo(bytes);
    }
}
