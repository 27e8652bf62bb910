package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;

/** Hears of archives that a destination does not give intact. Called from several threads. */
@FunctionalInterface
public interface FailoverListener {

    /** The archive could not be used from there; the next destination is asked. */
    void failed(Replica replica, ObjectRef archive, IOException reason);
}
