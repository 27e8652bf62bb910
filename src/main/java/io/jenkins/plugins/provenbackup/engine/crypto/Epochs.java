package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.List;
import java.util.function.ToIntFunction;

/** The epochs of one key in rising order, at least one. */
final class Epochs<E extends AutoCloseable> {

    private final List<E> epochs;
    private final ToIntFunction<E> number;

    Epochs(List<E> epochs, ToIntFunction<E> number) {
        this.epochs = List.copyOf(epochs);
        this.number = number;
        int last = 0;
        for (E epoch : epochs) {
            if (number.applyAsInt(epoch) <= last) {
                throw new IllegalArgumentException("epochs must be numbered from 1 in rising order");
            }
            last = number.applyAsInt(epoch);
        }
        if (last == 0) {
            throw new IllegalArgumentException("a key has at least one epoch");
        }
    }

    List<E> all() {
        return epochs;
    }

    int newest() {
        return number.applyAsInt(epochs.get(epochs.size() - 1));
    }

    E get(int wanted, AccessKey.Kind kind) throws UnknownEpochException {
        for (E epoch : epochs) {
            if (number.applyAsInt(epoch) == wanted) {
                return epoch;
            }
        }
        throw new UnknownEpochException("This " + kind.label() + " holds no epoch " + wanted + " (its newest is "
                + newest() + "). It was exported before the keys were rotated: export it again, or open the repository"
                + " with a passphrase.");
    }
}
