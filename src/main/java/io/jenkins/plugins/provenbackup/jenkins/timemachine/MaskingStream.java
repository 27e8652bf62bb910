package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Replaces values that Jenkins encrypted, <code>{AQAA...}</code>, by <code>{masked}</code> in whatever flows through. Bytes that
 * may begin such a value are held back until it is known whether they do; {@link #close} lets go of them, too. For one thread.
 */
final class MaskingStream extends FilterOutputStream {

    /** A value as {@code hudson.util.Secret} writes it. */
    static final Pattern ENCRYPTED = Pattern.compile("\\{AQAA[A-Za-z0-9+/]+={0,2}\\}");

    private static final byte[] BEGIN = "{AQAA".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MASK = "{masked}".getBytes(StandardCharsets.US_ASCII);

    /** How many bytes of {@link #BEGIN} were seen and held back. */
    private int held;

    private boolean isInside;

    MaskingStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        if (isInside) {
            if (isOfValue(b)) {
                return;
            }
            isInside = false;
            out.write(MASK);
            if (b == '}') {
                return;
            }
        }
        if (b == BEGIN[held]) {
            held++;
            if (held == BEGIN.length) {
                held = 0;
                isInside = true;
            }
            return;
        }
        out.write(BEGIN, 0, held);
        held = 0;
        if (b == BEGIN[0]) {
            held = 1;
        } else {
            out.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (held == 0 && !isInside && bytes[i] != BEGIN[0]) {
                continue;
            }
            if (held == 0 && !isInside) {
                out.write(bytes, start, i - start);
            }
            write(bytes[i]);
            start = i + 1;
        }
        out.write(bytes, start, offset + length - start);
    }

    /** Ends the content; a value that was cut short is masked, too. */
    void finish() throws IOException {
        if (isInside) {
            out.write(MASK);
        } else {
            out.write(BEGIN, 0, held);
        }
        held = 0;
        isInside = false;
        out.flush();
    }

    @Override
    public void close() throws IOException {
        finish();
        out.close();
    }

    private static boolean isOfValue(int b) {
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '+' || b == '/' || b == '=';
    }
}
