package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersonalKeyTest {

    private final PersonalKey key = PersonalKey.generate("Ann\u00e9");

    @AfterEach
    void wipe() {
        key.close();
    }

    @Test
    void aPlainFileIsReadBack() throws Exception {
        byte[] text = PersonalKeyFile.encode(key);
        HeldKey held = HeldKey.parse(text, "anna.key");
        assertThat(held).isInstanceOf(HeldKey.Personal.class);
        try (PersonalKey read = ((HeldKey.Personal) held).key()) {
            assertThat(read.isFor(key.publicKey())).isTrue();
            assertThat(read.label()).isEqualTo("Ann\u00e9");
        }
    }

    @Test
    void aLockedFileIsReadBackWithItsPassphraseAlone() throws Exception {
        byte[] text = PersonalKeyFile.encode(key, "secret".toCharArray());
        HeldKey held = HeldKey.parse(text, "anna.key");
        assertThat(held).isInstanceOf(HeldKey.Locked.class);
        PersonalKeyFile file = ((HeldKey.Locked) held).file();
        assertThatThrownBy(() -> file.unlock("Secret".toCharArray())).isInstanceOf(WrongPassphraseException.class);
        try (PersonalKey read = file.unlock("secret".toCharArray())) {
            assertThat(read.isFor(key.publicKey())).isTrue();
        }
    }

    @Test
    void everyChangedCharacterOfAFileIsDamage() {
        for (byte[] text :
                new byte[][] {PersonalKeyFile.encode(key), key.recipient().encode()}) {
            for (int at = 46; at < text.length - 46; at += 7) {
                byte[] changed = text.clone();
                changed[at] = (byte) (changed[at] == 'A' ? 'B' : 'A');
                assertThatThrownBy(() -> {
                            if (new String(text, US_ASCII).contains("PUBLIC")) {
                                Recipient.parse(changed, "x");
                            } else {
                                HeldKey.parse(changed, "x");
                            }
                        })
                        .as("character %d", at)
                        .isInstanceOf(CryptoException.class);
            }
        }
    }

    @Test
    void thePublicFileHoldsNothingSecret() throws Exception {
        Recipient recipient = Recipient.parse(key.recipient().encode(), "anna.pub");
        assertThat(recipient.publicKey()).isEqualTo(key.publicKey());
        assertThat(recipient.label()).isEqualTo("Ann\u00e9");
        assertThatThrownBy(() -> Recipient.parse(PersonalKeyFile.encode(key), "anna.key"))
                .isInstanceOf(NotAKeyFileException.class)
                .hasMessageContaining("anna.key is no public key");
        assertThatThrownBy(() -> HeldKey.parse(key.recipient().encode(), "anna.pub"))
                .isInstanceOf(NotAKeyFileException.class);
    }

    @Test
    void fingerprintsAreComparedAsPeopleTypeThem() {
        try (RecoveryKey owner = RecoveryKey.generate(RepositoryId.random());
                RecoveryKey rotated = owner.rotate();
                RecoveryKey other = RecoveryKey.generate(owner.repositoryId());
                BackupKey backup = owner.backupKey()) {
            Fingerprint fingerprint = Fingerprint.of(owner);
            assertThat(fingerprint.toString()).matches("[0-9a-f]{4}(-[0-9a-f]{4}){7}");
            assertThat(Fingerprint.parse(" "
                            + fingerprint
                                    .toString()
                                    .toUpperCase(java.util.Locale.ROOT)
                                    .replace('-', ' ')))
                    .isEqualTo(fingerprint)
                    .isEqualTo(Fingerprint.of(rotated))
                    .isEqualTo(Fingerprint.of(backup))
                    .isNotEqualTo(Fingerprint.of(other));
            assertThatThrownBy(() -> Fingerprint.parse("1234")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
