package hudson.util;

import java.util.ArrayList;
import java.util.Collection;
import org.kohsuke.stapler.HttpResponse;

@SuppressWarnings("serial")
public class ComboBoxModel extends ArrayList<String> implements HttpResponse {

    public ComboBoxModel() {
        throw new UnsupportedOperationException();
    }

    public ComboBoxModel(Collection<? extends String> values) {
        throw new UnsupportedOperationException();
    }
}
