package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Bytes.join;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.u32;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.unhex;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.utf8;
import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Section 4: the recovery key out of a slot, with a passphrase, the file of a personal key, or a sheet of paper. */
final class Slots {

    private final Map<String, Object> envelope;
    private final String text;
    private final Map<String, Object> slot;
    private final byte[] repository;

    Slots(String json) {
        envelope = Json.object(json);
        text = (String) envelope.get("slot");
        byte[] checked = join(utf8(text), Keys.base64(envelope.get("signature")));
        require(envelope.get("sha256").equals(Bytes.hex(Cryptography.sha256(checked))), "a damaged slot");
        slot = Json.object(text);
        require(slot.get("version").equals(1L) && slot.get("kem").equals("X-Wing"), "an unknown slot");
        repository = unhex((String) slot.get("repository"));
    }

    long epoch() {
        return (Long) slot.get("epoch");
    }

    Keys open(String passphrase) {
        require(slot.get("kind").equals("passphrase"), "not a passphrase's slot");
        Map<?, ?> lock = (Map<?, ?>) slot.get("lock");
        Map<?, ?> kdf = (Map<?, ?>) lock.get("kdf");
        require(kdf.get("algorithm").equals("argon2id"), "unknown " + kdf);
        byte[] key = argon2(
                passphrase,
                within(kdf.get("memoryKiB"), 8 << 10, 2 << 20),
                within(kdf.get("iterations"), 1, 16),
                within(kdf.get("parallelism"), 1, 16),
                Keys.base64(kdf.get("salt")));
        byte[] identity = Cryptography.sha256(Keys.base64(slot.get("publicKey")));
        return open(Cryptography.unseal(key, "lock", repository, 0, identity, Keys.base64(lock.get("sealed"))));
    }

    private static byte[] argon2(String passphrase, int memory, int iterations, int lanes, byte[] salt) {
        byte[] key = new byte[32];
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(19)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        argon2.generateBytes(utf8(Normalizer.normalize(passphrase, Normalizer.Form.NFC)), key);
        return key;
    }

    Keys open(byte[] seed) {
        byte[] id = utf8((String) slot.get("id"));
        byte[] associated = join(repository, u32(epoch()), id);
        byte[] key = Hpke.open(
                seed,
                Keys.base64(slot.get("encapsulation")),
                "proven-backup slot v1",
                associated,
                Keys.base64(slot.get("wrapped")));
        byte[] sealed = Keys.base64(slot.get("sealed"));
        Keys keys = Keys.of(Cryptography.unseal(key, "slot", repository, epoch(), id, sealed));
        require(Arrays.equals(keys.repository, repository), "a slot with another repository's key");
        if (slot.containsKey("binding")) {
            byte[] info = join(utf8("proven-backup slot binding v1"), repository, keys.verificationKey());
            byte[] binding = Cryptography.expand(Cryptography.hmac(new byte[0], seed), info, 32);
            require(Arrays.equals(binding, Keys.base64(slot.get("binding"))), "a slot that somebody else made");
        }
        require(keys.isSigned("slot", text, envelope.get("signature")), "a slot that somebody else made");
        return keys;
    }

    private static int within(Object value, long least, long most) {
        long number = (Long) value;
        require(least <= number && number <= most, "parameters of Argon2 out of bounds");
        return (int) number;
    }

    /** The seed in a personal key's file. */
    static byte[] seedOfFile(String file, String passphrase) {
        byte[] payload = Base64.getMimeDecoder()
                .decode(file.replaceAll("-----[A-Z ]+-----", "").strip());
        byte[] content = Arrays.copyOf(payload, payload.length - 8);
        byte[] check = Arrays.copyOfRange(payload, content.length, payload.length);
        require(Arrays.equals(check, Arrays.copyOf(Cryptography.sha256(content), 8)), "a damaged personal key");
        Fields in = new Fields(content);
        in.expect("PBP1");
        int form = in.u8();
        in.raw((int) in.u32());
        if (form == 1) {
            byte[] seed = in.raw(32);
            in.end();
            return seed;
        }
        require(form == 2, "an unknown form of personal key");
        int memory = within(in.u32(), 8 << 10, 2 << 20);
        int iterations = within(in.u32(), 1, 16);
        int lanes = within(in.u32(), 1, 16);
        byte[] key = argon2(passphrase, memory, iterations, lanes, in.raw(16));
        byte[] publicKey = in.raw(1216);
        byte[] sealed = in.raw((int) in.u32());
        in.end();
        return Cryptography.unseal(key, "lock", new byte[16], 0, Cryptography.sha256(publicKey), sealed);
    }

    /** The bytes of a key on paper, whose lines are given without their numbers; checksums are not looked at. */
    static byte[] bytesOfPaper(String... lines) {
        StringBuilder bits = new StringBuilder();
        for (String line : lines) {
            String symbols = line.replace(" ", "").toLowerCase(Locale.ROOT);
            for (char symbol : symbols.substring(0, 18).toCharArray()) {
                int value = "qpzry9x8gf2tvdw0s3jn54khce6mua7l".indexOf(symbol);
                bits.append(Integer.toBinaryString(32 + value).substring(1));
            }
        }
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }
}
