package io.jenkins.plugins.provenbackup.jenkins.start;

import hudson.model.Descriptor.FormException;
import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.OpenStorages;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
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

/** Creates the keys of a new repository, or imports those of an existing one. For administrators alone. */
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
            OneTime secrets = new OneTime(made.sheet(), isMadeUp ? passphrase.clone() : new char[0]);
            response.setHeader("Cache-Control", "no-store");
            request.setAttribute("shown", secrets.take().orElseThrow());
            request.getView(this, "form.jelly").forward(request, response);
        } catch (FormException e) {
            throw new Failure(e.getMessage());
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static NewKeys.Made made(String name, List<BackupDestination> chosen, char[] passphrase, Before before)
            throws InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(OpenStorages.class.getClassLoader());
        List<DestinationAccess> access = new ArrayList<>();
        try {
            for (BackupDestination destination : chosen) {
                access.add(DestinationAccess.forWriting(destination));
            }
            OpenRequest open = DestinationAccess.open(access);
            try {
                NewKeys keys = new NewKeys(name, Clock.systemUTC());
                before.with(keys, open, passphrase);
                return keys.take(open, passphrase);
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
