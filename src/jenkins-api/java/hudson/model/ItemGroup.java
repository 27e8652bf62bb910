package hudson.model;

import java.util.Collection;
import java.util.List;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;
import org.springframework.security.access.AccessDeniedException;

public interface ItemGroup<T extends Item> extends FullyNamed, FullyNamedModelObject, PersistenceRoot {

    Collection<T> getItems();

    T getItem(String name) throws AccessDeniedException;

    default <T extends Item> List<T> getAllItems(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    default List<Item> getAllItems() {
        throw new UnsupportedOperationException();
    }
}
