package hudson;

import java.util.TreeMap;

@SuppressWarnings("serial")
public class EnvVars extends TreeMap<String, String> {

    public EnvVars() {
        throw new UnsupportedOperationException();
    }
}
