package jenkins.model;

import java.io.IOException;
import java.io.InputStream;
import hudson.model.ModifiableItemGroup;
import hudson.model.TopLevelItem;

public interface ModifiableTopLevelItemGroup extends ModifiableItemGroup<TopLevelItem> {

    TopLevelItem createProjectFromXML(String name, InputStream xml) throws IOException;
}
