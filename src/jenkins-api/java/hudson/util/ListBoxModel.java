package hudson.util;

import java.util.ArrayList;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
@SuppressWarnings("serial")
public class ListBoxModel extends ArrayList<ListBoxModel.Option> implements HttpResponse {

    public ListBoxModel() {
        throw new UnsupportedOperationException();
    }

    public void add(String displayName, String value) {
        throw new UnsupportedOperationException();
    }

    public ListBoxModel add(String option) {
        throw new UnsupportedOperationException();
    }

    @ExportedBean(defaultVisibility = 999)
    public static final class Option {

        public Option(String name, String value) {
            throw new UnsupportedOperationException();
        }
    }
}
