package hudson.model;

import java.io.Serializable;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean(defaultVisibility = 2)
@SuppressWarnings("serial")
public class HealthReport implements Serializable, Comparable<HealthReport> {

    public HealthReport(int score, Localizable description) {
        throw new UnsupportedOperationException();
    }

    public void setScore(int score) {
        throw new UnsupportedOperationException();
    }

    @Exported
    public String getIconClassName() {
        throw new UnsupportedOperationException();
    }

    public void setDescription(String description) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(HealthReport o) {
        throw new UnsupportedOperationException();
    }
}
