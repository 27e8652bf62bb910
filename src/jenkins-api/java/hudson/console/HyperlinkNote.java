package hudson.console;

@SuppressWarnings({"rawtypes", "serial"})
public class HyperlinkNote extends ConsoleNote {

    private HyperlinkNote() {
        throw new UnsupportedOperationException();
    }

    public static String encodeTo(String url, String text) {
        throw new UnsupportedOperationException();
    }
}
