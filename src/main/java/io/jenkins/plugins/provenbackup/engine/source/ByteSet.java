package io.jenkins.plugins.provenbackup.engine.source;

/** A set of byte values. */
final class ByteSet {

    private final long[] bits = new long[4];

    ByteSet add(int value) {
        bits[value >> 6] |= 1L << (value & 63);
        return this;
    }

    ByteSet addRange(int low, int high) {
        for (int value = low; value <= high; value++) {
            add(value);
        }
        return this;
    }

    ByteSet addAll(String values) {
        values.chars().forEach(this::add);
        return this;
    }

    ByteSet addAll(ByteSet others) {
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= others.bits[i];
        }
        return this;
    }

    ByteSet complement() {
        ByteSet others = new ByteSet();
        for (int i = 0; i < bits.length; i++) {
            others.bits[i] = ~bits[i];
        }
        return others;
    }

    boolean has(byte value) {
        return (bits[value >> 6 & 3] >> (value & 63) & 1) != 0;
    }
}
