package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaperFormTest {

    private static final String ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

    @Test
    void theShortFormIsThreeLinesThatCanBeTypedBack() throws Exception {
        try (PersonalKey key = PersonalKey.generate("paper")) {
            List<String> lines = lines(PaperForm.lines(key));
            assertThat(lines)
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line).matches("[" + ALPHABET + "]{4}( [" + ALPHABET + "]{4}){5}"));
            HeldKey typed = type(lines);
            assertThat(typed).isInstanceOf(HeldKey.Personal.class);
            try (PersonalKey same = ((HeldKey.Personal) typed).key()) {
                assertThat(same.isFor(key.publicKey())).isTrue();
            }
        }
    }

    @Test
    void theWholeFormHoldsARecoveryKeyOfSeveralEpochs() throws Exception {
        try (RecoveryKey first = RecoveryKey.generate(RepositoryId.random());
                RecoveryKey key = first.rotate()) {
            List<String> lines = lines(PaperForm.lines(key));
            assertThat(lines).hasSizeBetween(20, 22);
            HeldKey typed = type(lines);
            try (AccessKey same = ((HeldKey.Access) typed).key()) {
                assertThat(KeyFile.encode(same)).isEqualTo(KeyFile.encode(key));
            }
        }
    }

    @Test
    void theLinesAreFoundInAPrintedSheet() throws Exception {
        try (PersonalKey key = PersonalKey.generate("paper")) {
            String sheet = PaperForm.title() + "\nof repository 1234\n\n" + new String(PaperForm.lines(key), US_ASCII)
                    + "\nKeep it in 2 places.\n";
            HeldKey read = HeldKey.parse(sheet.getBytes(US_ASCII), "sheet.txt");
            assertThat(((HeldKey.Personal) read).key().isFor(key.publicKey())).isTrue();
            String torn = sheet.replaceFirst("(?m)^ 2 .*\n", "");
            assertThatThrownBy(() -> HeldKey.parse(torn.getBytes(US_ASCII), "sheet.txt"))
                    .isInstanceOf(MistypedException.class)
                    .hasMessageContaining("line 2 is missing");
        }
    }

    @Test
    void everyWrongCharacterIsFoundInItsLine() throws Exception {
        try (PersonalKey key = PersonalKey.generate("paper")) {
            List<String> lines = lines(PaperForm.lines(key));
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1).replace(" ", "");
                for (int at = 0; at < line.length(); at++) {
                    for (char wrong : ALPHABET.toCharArray()) {
                        if (wrong != line.charAt(at)) {
                            refuses(number, line.substring(0, at) + wrong + line.substring(at + 1));
                        }
                    }
                }
            }
        }
    }

    @Test
    void everyTwoCharactersThatChangedPlacesAreFound() throws Exception {
        try (PersonalKey key = PersonalKey.generate("paper")) {
            List<String> lines = lines(PaperForm.lines(key));
            for (int number = 1; number <= lines.size(); number++) {
                char[] line = lines.get(number - 1).replace(" ", "").toCharArray();
                for (int i = 0; i < line.length; i++) {
                    for (int j = i + 1; j < line.length; j++) {
                        if (line[i] != line[j]) {
                            char[] swapped = line.clone();
                            swapped[i] = line[j];
                            swapped[j] = line[i];
                            refuses(number, new String(swapped));
                        }
                    }
                }
            }
        }
    }

    @Test
    void lostDoubledAndExtraCharactersAreFound() throws Exception {
        try (PersonalKey key = PersonalKey.generate("paper")) {
            String line = lines(PaperForm.lines(key)).get(0).replace(" ", "");
            for (int at = 0; at < line.length(); at++) {
                refuses(1, line.substring(0, at) + line.substring(at + 1));
                refuses(1, line.substring(0, at) + line.charAt(at) + line.substring(at));
            }
            refuses(1, "");
        }
    }

    @Test
    void aLineUnderAnotherNumberIsFound() throws Exception {
        try (PersonalKey key = PersonalKey.generate("paper")) {
            List<String> lines = lines(PaperForm.lines(key));
            refuses(1, lines.get(1));
            refuses(2, lines.get(0));
            refuses(3, lines.get(1));
        }
    }

    @Test
    void saysWhichLineAndCharacterAndShowsNoneOfIt() throws Exception {
        assertThatThrownBy(() -> PaperLine.parse(7, "QPZ! RY9X".toCharArray()))
                .isInstanceOf(MistypedException.class)
                .hasMessageContaining("Line 7, character 4")
                .hasMessageNotContaining("QPZ");
        assertThatThrownBy(() -> PaperLine.parse(2, "QPZR".toCharArray()))
                .hasMessageContaining("Line 2 has 4 characters instead of 24");
    }

    @Test
    void lettersThatAreNotUsedStandForWhatTheyLookLike() throws Exception {
        byte[] content = new byte[PaperLine.CONTENT];
        content[0] = (byte) ALPHABET.indexOf('0');
        content[1] = (byte) ALPHABET.indexOf('L');
        content[2] = (byte) ALPHABET.indexOf('8');
        String line = new String(PaperLine.format(1, content), US_ASCII);
        assertThat(line).startsWith("0L8Q");
        assertThat(PaperLine.parse(1, ("oIb" + line.substring(3).toLowerCase(java.util.Locale.ROOT)).toCharArray()))
                .isEqualTo(content);
    }

    @Test
    void theChecksumIsThatOfBip350() throws Exception {
        // BIP-350's valid example "A1LQFN3A" has human-readable part "a" and no content; ours is "pb1", by the same
        // rule
        byte[] zeros = new byte[PaperLine.CONTENT];
        String line = new String(PaperLine.format(1, zeros), US_ASCII).replace(" ", "");
        assertThat(bech32m("pb1", line)).isTrue();
        assertThat(bech32m("a", "lqfn3a")).isTrue();
        assertThat(bech32m("pb2", line)).isFalse();
    }

    /** As in BIP-173's reference code, which is Python. */
    private static boolean bech32m(String part, String text) {
        List<Integer> values = new ArrayList<>();
        part.chars().forEach(c -> values.add(c >> 5));
        values.add(0);
        part.chars().forEach(c -> values.add(c & 31));
        text.toUpperCase(java.util.Locale.ROOT).chars().forEach(c -> values.add(ALPHABET.indexOf(c)));
        long check = 1;
        long[] generator = {0x3b6a57b2L, 0x26508e6dL, 0x1ea119faL, 0x3d4233ddL, 0x2a1462b3L};
        for (int value : values) {
            long top = check >> 25;
            check = (check & 0x1ffffff) << 5 ^ value;
            for (int i = 0; i < 5; i++) {
                check ^= (top >> i & 1) == 1 ? generator[i] : 0;
            }
        }
        return check == 0x2bc830a3L;
    }

    private static void refuses(int number, String line) {
        assertThatThrownBy(() -> PaperLine.parse(number, line.toCharArray()))
                .as("line %d: %s", number, line)
                .isInstanceOf(MistypedException.class)
                .hasMessageStartingWith("Line " + number);
    }

    private static List<String> lines(byte[] printed) {
        return new String(printed, US_ASCII)
                .lines()
                .map(line -> line.strip().replaceFirst("^[0-9]+  ", ""))
                .toList();
    }

    private static HeldKey type(List<String> lines) throws Exception {
        try (PaperForm.Typing typing = new PaperForm.Typing()) {
            for (String line : lines) {
                assertThat(typing.isComplete()).isFalse();
                typing.add(line.toCharArray());
            }
            assertThat(typing.isComplete()).isTrue();
            return typing.finish("the typed key");
        }
    }
}
