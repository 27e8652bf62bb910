package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import hudson.util.FormValidation;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.OpenStorages;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.MasterToSlaveCallable;

/** Looks at a destination from the controller or an agent. Writes nothing. */
final class ConnectionTest extends MasterToSlaveCallable<String, IOException> {

    private static final long serialVersionUID = 1;

    private final DestinationAccess access;

    private ConnectionTest(DestinationAccess access) {
        this.access = access;
    }

    /**
     * Tests.
     *
     * @param agent name of an agent; empty for the controller
     */
    static FormValidation run(BackupDestination destination, String agent) {
        try (DestinationAccess access = DestinationAccess.forWriting(destination)) {
            ConnectionTest test = new ConnectionTest(access);
            if (agent.isEmpty()) {
                return FormValidation.ok(test.call());
            }
            Computer computer = Jenkins.get().getComputer(agent);
            VirtualChannel channel = computer == null ? null : computer.getChannel();
            if (channel == null) {
                return FormValidation.error(Messages.ConnectionTest_agentOffline(agent));
            }
            return FormValidation.ok(channel.call(test));
        } catch (IOException e) {
            return FormValidation.error(FieldChecks.sentence(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error(Messages.ConnectionTest_interrupted());
        }
    }

    /** What was found, in words for the user. */
    @Override
    public String call() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OpenStorages.class.getClassLoader());
        OpenRequest request = DestinationAccess.open(List.of(access));
        try (Storage storage = OpenStorages.open(request.locations().get(0), request)) {
            return look(storage);
        } catch (StorageException.Missing e) {
            return Messages.ConnectionTest_noFolder();
        } finally {
            DestinationAccess.wipe(request);
            thread.setContextClassLoader(before);
        }
    }

    private static String look(Storage storage) throws IOException {
        if (storage.size(Layout.REPOSITORY).isEmpty()) {
            NewRepository.requireFree(storage);
            return Messages.ConnectionTest_free();
        }
        Replica replica = Replica.open(storage);
        return Messages.ConnectionTest_repository(replica.id().toString());
    }
}
