package jenkins.model;

import hudson.model.ModifiableItemGroup;
import hudson.model.TopLevelItem;
import java.io.IOException;
import java.io.InputStream;

public interface ModifiableTopLevelItemGroup extends ModifiableItemGroup<TopLevelItem> {

    TopLevelItem createProjectFromXML(String name, InputStream xml) throws IOException;
}
