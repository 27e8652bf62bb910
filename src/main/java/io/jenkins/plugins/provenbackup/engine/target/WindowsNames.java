package io.jenkins.plugins.provenbackup.engine.target;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Names that Windows takes for something else than a file of that name. */
final class WindowsNames {

    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$", "clock$");

    private WindowsNames() {}

    /** Whether a name is a device, an alternate stream, a path, or would silently become another name. */
    static boolean forbids(byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || "<>:\"/\\|?*".indexOf(c) >= 0) {
                return true;
            }
        }
        return text.endsWith(".") || text.endsWith(" ") || isDevice(text);
    }

    private static boolean isDevice(String text) {
        int dot = text.indexOf('.');
        String stem = (dot < 0 ? text : text.substring(0, dot)).stripTrailing().toLowerCase(Locale.ROOT);
        boolean port = stem.length() == 4
                && (stem.startsWith("com") || stem.startsWith("lpt"))
                && "0123456789\u00b9\u00b2\u00b3".indexOf(stem.charAt(3)) >= 0;
        return port || DEVICES.contains(stem);
    }
}
