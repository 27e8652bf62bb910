package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.junit.jupiter.api.Test;

/** The algorithms that the format names, against the vectors that their specifications publish. */
class PublishedVectorsTest {

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] repeat(int value, int times) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] range(int from, int to) {
        byte[] bytes = new byte[to - from + 1];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    @Test
    void hkdfMatchesRfc5869AppendixA1() {
        assertThat(Hkdf.derive(range(0, 12), repeat(0x0b, 22), range(0xf0, 0xf9), 42))
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    @Test
    void hkdfMatchesRfc5869AppendixA2() {
        assertThat(Hkdf.derive(range(0x60, 0xaf), range(0, 0x4f), range(0xb0, 0xff), 82))
                .isEqualTo(hex("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                        + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                        + "cc30c58179ec3e87c14c01d5c1f3434f1d87"));
    }

    @Test
    void hkdfMatchesRfc5869AppendixA3() {
        assertThat(Hkdf.derive(new byte[0], repeat(0x0b, 22), new byte[0], 42))
                .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    @Test
    void hmacMatchesRfc4231Cases1And2And6() {
        assertThat(Hashing.hmac(repeat(0x0b, 20), "Hi There".getBytes(US_ASCII)))
                .isEqualTo(hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
        assertThat(Hashing.hmac("Jefe".getBytes(US_ASCII), "what do ya want for nothing?".getBytes(US_ASCII)))
                .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        assertThat(Hashing.hmac(
                        repeat(0xaa, 131), "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(US_ASCII)))
                .isEqualTo(hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }

    @Test
    void chunkIdIsTheBeginningOfTheHmacOfRfc4231Case2() {
        byte[] padded = "..what do ya want for nothing?..".getBytes(US_ASCII);
        assertThat(new ChunkIdHash("Jefe".getBytes(US_ASCII)).of(padded, 2, padded.length - 4))
                .isEqualTo(hex("5bdcc146bf60754e6a042426089575c7"));
    }

    /** McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B, test cases 13 to 16 (AES-256). */
    @Test
    void aesGcmMatchesTheGcmSpecification() throws Exception {
        String zeros = "00".repeat(32);
        String key = "feffe9928665731c6d6a8f9467308308".repeat(2);
        String nonce = "cafebabefacedbaddecaf888";
        String plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
        String cipher = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";
        assertGcm(zeros, "00".repeat(12), "", "", "530f8afbc74536b9a963b4f1c4cb738b");
        assertGcm(
                zeros,
                "00".repeat(12),
                "",
                "00".repeat(16),
                "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
        assertGcm(key, nonce, "", plain + "1aafd255", cipher + "898015ad" + "b094dac5d93471bdec1a502270e3cc6c");
        assertGcm(
                key,
                nonce,
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                plain,
                cipher + "76fc6ece0f4e1768cddf8853bb2d551b");
    }

    private static void assertGcm(String key, String nonce, String associated, String plain, String expected)
            throws Exception {
        try (AesGcm aes = new AesGcm(hex(key))) {
            byte[] content = hex(plain);
            byte[] sealed = new byte[content.length + AesGcm.TAG];
            assertThat(aes.seal(hex(nonce), hex(associated), content, 0, content.length, sealed, 0))
                    .isEqualTo(sealed.length);
            assertThat(sealed).isEqualTo(hex(expected));
            byte[] opened = new byte[content.length];
            assertThat(aes.open(hex(nonce), hex(associated), sealed, 0, sealed.length, opened, 0))
                    .isEqualTo(opened.length);
            assertThat(opened).isEqualTo(content);
        }
    }

    /** RFC 8032 section 7.1, tests 1 and 2. */
    @Test
    void ed25519MatchesRfc8032() {
        assertSignature(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertSignature(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    private static void assertSignature(String seed, String publicKey, String message, String signature) {
        try (Secret master = new Secret(new byte[32]);
                RecoveryKey key = new RecoveryKey(
                        RepositoryId.random(),
                        new Secret(hex(seed)),
                        new Secret(new byte[32]),
                        List.of(new RecoveryEpoch(1, new Secret(new byte[32]), master)))) {
            byte[] text = hex(message);
            assertThat(key.verificationKey()).isEqualTo(hex(publicKey));
            assertThat(key.sign(text)).isEqualTo(hex(signature));
            assertThat(Ed25519.verify(hex(signature), 0, hex(publicKey), 0, text, 0, text.length))
                    .isTrue();
        }
    }

    /** RFC 9106 section 5.3. */
    @Test
    void argon2idMatchesRfc9106() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(repeat(2, 16))
                .withSecret(repeat(3, 8))
                .withAdditional(repeat(4, 12))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(repeat(1, 32), tag);
        assertThat(tag).isEqualTo(hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    }

    /** RFC 9180 appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0. */
    @Test
    void hpkeMatchesRfc9180AppendixA1() throws Exception {
        HPKE hpke = new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
        byte[] info = hex("4f6465206f6e2061204772656369616e2055726e");
        byte[] associated = "Count-0".getBytes(US_ASCII);
        byte[] plain = "Beauty is truth, truth beauty".getBytes(US_ASCII);
        byte[] recipient = hex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
        byte[] ephemeral = hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
        byte[] expected =
                hex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9" + "6d8770ac83d07bea87e13c512a");

        HPKEContextWithEncapsulation sender = hpke.setupBaseS(
                hpke.deserializePublicKey(recipient),
                info,
                hpke.deserializePrivateKey(
                        hex("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736"), ephemeral));
        assertThat(sender.getEncapsulation()).isEqualTo(ephemeral);
        assertThat(sender.seal(associated, plain)).isEqualTo(expected);

        assertThat(hpke.setupBaseR(
                                ephemeral,
                                hpke.deserializePrivateKey(
                                        hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
                                        recipient),
                                info)
                        .open(associated, expected))
                .isEqualTo(plain);
    }

    /** draft-connolly-cfrg-xwing-kem-08, appendix C, the first two vectors: seed, public key, ciphertext, shared secret. */
    @Test
    void xWingMatchesItsDraft() throws IOException {
        Properties vectors = new Properties();
        try (InputStream in = PublishedVectorsTest.class.getResourceAsStream("xwing-draft-08.properties")) {
            vectors.load(in);
        }
        for (String vector : new String[] {"1", "2"}) {
            byte[] seed = hex(vectors.getProperty(vector + ".sk"));
            assertThat(StreamWrapping.publicKey(seed)).isEqualTo(hex(vectors.getProperty(vector + ".pk")));
            XWingKEMExtractor extractor = new XWingKEMExtractor(new XWingPrivateKeyParameters(seed));
            assertThat(extractor.extractSecret(hex(vectors.getProperty(vector + ".ct"))))
                    .isEqualTo(hex(vectors.getProperty(vector + ".ss")));
        }
    }

    @Test
    void algorithmNumbersAreThoseOfTheIanaHpkeRegistry() {
        assertThat(StreamWrapping.KEM).isEqualTo((short) 0x647a);
        assertThat(StreamWrapping.KDF).isEqualTo((short) 1);
        assertThat(StreamWrapping.AEAD).isEqualTo((short) 2);
    }
}
