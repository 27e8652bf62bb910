package io.jenkins.plugins.provenbackup.jenkins.start;

import hudson.model.Descriptor.FormException;
import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.OpenStorages;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.RepositoryKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/** Creates the keys of a new repository, imports those of an existing one, and makes recovery forms. For administrators alone. */
public final class KeysPage implements ModelObject {

    @Override
    public String getDisplayName() {
        return Messages.KeysPage_displayName();
    }

    /** Destinations that have no keys yet. */
    public List<BackupDestination> getDestinations() {
        return ProvenBackupConfiguration.get().getDestinations().stream()
                .filter(one -> one.getKeys().isEmpty())
                .toList();
    }

    /** Makes a repository at the chosen destinations. */
    @POST
    public void doCreate(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException, InterruptedException {
        make(request, response, NewKeys::create);
    }

    /** Opens the repository that is at the chosen destinations. */
    @POST
    public void doImport(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException, InterruptedException {
        make(request, response, (keys, open, passphrase) -> {});
    }

    /** Keys that Jenkins can read with, and so make a recovery form for. */
    public List<RepositoryKeys> getReadable() {
        return ProvenBackupConfiguration.get().getKeys().stream()
                .filter(one -> !one.getRecoveryCredentialsId().isEmpty())
                .toList();
    }

    /** Makes another recovery form and shows it, once. */
    @POST
    public void doPaper(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException, InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String name = request.getSubmittedForm().optString("keys");
        RepositoryKeys keys = ProvenBackupConfiguration.get()
                .keys(name)
                .orElseThrow(() -> new Failure(Messages.KeysPage_unknown(name)));
        List<BackupDestination> places = ProvenBackupConfiguration.get().getDestinations().stream()
                .filter(one -> one.getKeys().equals(name))
                .toList();
        if (places.isEmpty()) {
            throw new Failure(Messages.KeysPage_nowhere(name));
        }
        byte[] sheet = atEach(places, open -> {
            try (Destinations destinations = OpenDestinations.run(open);
                    ControllerKeys opened = ControllerKeys.open(keys);
                    RecoveryKey key = opened.recoveryKey(destinations)) {
                destinations.verify(key);
                return new NewKeys(name, Clock.systemUTC()).paper(destinations, key);
            }
        });
        show(new OneTime(sheet, new char[0]), request, response);
    }

    private void show(OneTime secrets, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        request.setAttribute("shown", secrets.take().orElseThrow());
        request.getView(this, "form.jelly").forward(request, response);
    }

    private interface Before {
        void with(NewKeys keys, OpenRequest request, char[] passphrase) throws IOException, InterruptedException;
    }

    private void make(StaplerRequest2 request, StaplerResponse2 response, Before before)
            throws IOException, ServletException, InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JSONObject form = request.getSubmittedForm();
        String name = form.optString("name").strip();
        List<BackupDestination> chosen = chosen(form);
        requireGood(name, chosen);
        Secret given = Secret.fromString(form.optString("passphrase"));
        boolean isMadeUp = given.getPlainText().isEmpty();
        if (isMadeUp && !form.optBoolean("generate")) {
            throw new Failure(Messages.KeysPage_noPassphrase());
        }
        char[] passphrase =
                isMadeUp ? Passphrases.random() : given.getPlainText().toCharArray();
        try {
            NewKeys.Made made = made(name, chosen, passphrase, before);
            ProvenBackupConfiguration.get()
                    .addKeys(
                            made.keys(),
                            chosen.stream().map(BackupDestination::getName).toList());
            show(new OneTime(made.sheet(), isMadeUp ? passphrase.clone() : new char[0]), request, response);
        } catch (FormException e) {
            throw new Failure(e.getMessage());
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static NewKeys.Made made(String name, List<BackupDestination> chosen, char[] passphrase, Before before)
            throws InterruptedException {
        return atEach(chosen, open -> {
            NewKeys keys = new NewKeys(name, Clock.systemUTC());
            before.with(keys, open, passphrase);
            return keys.take(open, passphrase);
        });
    }

    private interface Work<T> {
        T with(OpenRequest request) throws IOException, InterruptedException;
    }

    private static <T> T atEach(List<BackupDestination> places, Work<T> work) throws InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(OpenStorages.class.getClassLoader());
        List<DestinationAccess> access = new ArrayList<>();
        try {
            for (BackupDestination destination : places) {
                access.add(DestinationAccess.forWriting(destination));
            }
            OpenRequest open = DestinationAccess.open(access);
            try {
                return work.with(open);
            } finally {
                DestinationAccess.wipe(open);
            }
        } catch (IOException e) {
            throw new Failure(e.getMessage());
        } finally {
            access.forEach(DestinationAccess::close);
            thread.setContextClassLoader(usual);
        }
    }

    private List<BackupDestination> chosen(JSONObject form) {
        List<String> names = new ArrayList<>();
        for (Object one :
                JSONArray.fromObject(form.opt("destinations") == null ? List.of() : form.get("destinations"))) {
            JSONObject choice = (JSONObject) one;
            if (choice.optBoolean("chosen")) {
                names.add(choice.optString("name"));
            }
        }
        return getDestinations().stream()
                .filter(one -> names.contains(one.getName()))
                .toList();
    }

    private static void requireGood(String name, List<BackupDestination> chosen) {
        if (name.isEmpty()) {
            throw new Failure(Messages.KeysPage_noName());
        }
        try {
            SourceNames.requirePlain(name);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        if (ProvenBackupConfiguration.get().keys(name).isPresent()) {
            throw new Failure(Messages.KeysPage_taken(name));
        }
        if (chosen.isEmpty()) {
            throw new Failure(Messages.KeysPage_noDestination());
        }
    }
}
