package hudson.util;

import java.io.Serializable;

@SuppressWarnings("serial")
public final class Secret implements Serializable {

    private Secret() {}

    public String getPlainText() {
        throw new UnsupportedOperationException();
    }

    public static Secret fromString(String text) {
        throw new UnsupportedOperationException();
    }

    public static Secret decrypt(String data) {
        throw new UnsupportedOperationException();
    }
}
