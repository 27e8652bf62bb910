package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.crypto.AEADBadTagException;

/**
 * Makes AES-GCM fast from the first block of a young process. HotSpot reaches the processor's AES and carry-less multiply
 * instructions only from methods that its optimising compiler has seen called some ten thousand times, and a block of 1 MiB
 * calls them a dozen times: without this, 64 MiB take over 2 s instead of 0.05 s (Java 17 and 25 alike). Many tiny updates
 * reach the same methods for both directions. SHA-256 and HMAC need no such help.
 */
public final class CipherWarmUp {

    private static final int ROUNDS = 400;
    private static final int PIECES = 150;
    private static final int PIECE = 32;

    /** Once per process: what is compiled stays compiled. */
    private static final FutureTask<Boolean> ONCE = new FutureTask<>(CipherWarmUp::run, true);

    private CipherWarmUp() {}

    /**
     * Has it done on a thread of its own, unless that was begun before. It takes 0.1 to 0.3 s of one core, once per process, and is
     * for whoever is about to encrypt or decrypt more than some 4 MiB, best while other things start.
     */
    public static void begin() {
        if (!ONCE.isDone()) {
            Thread thread = new Thread(ONCE, "proven-backup warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Waits until it is done; does it here if nobody began.
     *
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static void await() throws InterruptedException {
        ONCE.run();
        try {
            ONCE.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Touches no secret and changes nothing that is written. Ends early when the thread is interrupted, and leaves it interrupted. */
    static void run() {
        byte[] piece = new byte[PIECE];
        byte[] associated = new byte[Hashing.LENGTH + Long.BYTES];
        try (AesGcm aes = new AesGcm(new byte[32])) {
            for (int round = 0; round < ROUNDS && !Thread.currentThread().isInterrupted(); round++) {
                aes.exercise(nonce(2 * round), associated, piece, PIECES);
                // Lengths off the 16 byte grid, and sometimes above the JDK's own threshold for long data: a branch
                // that
                // was never taken here would make HotSpot throw the compiled code away at the first real block.
                roundTrip(aes, nonce(2 * round + 1), associated, round % 100 == 1 ? 70_001 : round % 50);
            }
        }
    }

    private static void roundTrip(AesGcm aes, byte[] nonce, byte[] associated, int length) {
        byte[] plain = new byte[length];
        byte[] sealed = new byte[length + AesGcm.TAG];
        aes.seal(nonce, associated, plain, 0, length, sealed, 0);
        try {
            aes.open(nonce, associated, sealed, 0, sealed.length, plain, 0);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("AES-GCM does not open what it sealed", e);
        }
    }

    private static byte[] nonce(int number) {
        return ByteBuffer.allocate(AesGcm.NONCE).putInt(number).array();
    }
}
