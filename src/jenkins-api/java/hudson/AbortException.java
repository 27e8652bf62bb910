package hudson;

import java.io.IOException;

@SuppressWarnings("serial")
public class AbortException extends IOException {

    public AbortException(String message) {
        throw new UnsupportedOperationException();
    }
}
