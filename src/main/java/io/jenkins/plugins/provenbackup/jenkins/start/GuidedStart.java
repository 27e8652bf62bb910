package io.jenkins.plugins.provenbackup.jenkins.start;

import hudson.Extension;
import hudson.PluginWrapper;
import hudson.model.Failure;
import hudson.model.ManagementLink;
import hudson.util.FormValidation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.schedule.HomeBackup;
import io.jenkins.plugins.provenbackup.jenkins.schedule.HomeSource;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/** The page that takes a new installation to a first verified backup. For administrators alone. */
@Extension
public final class GuidedStart extends ManagementLink implements StaplerProxy {

    private Optional<Attempt> attempt = Optional.empty();

    @Override
    public String getIconFileName() {
        return "symbol-proven-backup plugin-proven-backup";
    }

    @Override
    public String getDisplayName() {
        return Messages.GuidedStart_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.GuidedStart_description();
    }

    @Override
    public String getUrlName() {
        return "proven-backup-start";
    }

    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    /** For the checks of the form's fields. */
    public StartForm.DescriptorImpl getFormDescriptor() {
        return (StartForm.DescriptorImpl) Jenkins.get().getDescriptorOrDie(StartForm.class);
    }

    /** Where the page shows its progress; null before anything was begun. */
    public synchronized Attempt getAttempt() {
        return attempt.orElse(null);
    }

    /** Whether this was done before. */
    public boolean isConfigured() {
        return ProvenBackupConfiguration.get().policy(Wish.POLICY).isPresent();
    }

    /** Creates and imports keys. */
    public KeysPage getKeys() {
        return new KeysPage();
    }

    /** Takes the answers, and begins when no server is unknown. */
    @POST
    public HttpResponse doBegin(StaplerRequest2 request) throws ServletException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        StartForm form = request.bindJSON(StartForm.class, request.getSubmittedForm());
        requireGood(form);
        try {
            Wish wish = Wish.of(form);
            List<UnknownHost> questions = new ArrayList<>();
            for (BackupDestination destination : wish.destinations()) {
                UnknownHost.of(destination).ifPresent(questions::add);
            }
            begin(new Attempt(
                    new FirstBackup(
                            wish,
                            form.passphrase(),
                            new HomeBackup(
                                    Jenkins.get().getRootDir().toPath(),
                                    HomeSource.ofController(),
                                    version(),
                                    Clock.systemUTC()),
                            Clock.systemUTC()),
                    questions));
        } catch (StorageException e) {
            throw new Failure(e.getMessage());
        }
        return new HttpRedirect(".");
    }

    private static String version() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(GuidedStart.class);
        return plugin == null ? "" : plugin.getVersion();
    }

    private synchronized void begin(Attempt next) {
        if (attempt.isPresent() && !attempt.get().isDone()) {
            throw new Failure(Messages.GuidedStart_running());
        }
        attempt = Optional.of(next);
        next.start();
    }

    private void requireGood(StartForm form) {
        if (isConfigured()) {
            throw new Failure(Messages.GuidedStart_configured(Wish.POLICY));
        }
        List<String> locations = form.getSecondLocation().isEmpty()
                ? List.of(form.getFirstLocation())
                : List.of(form.getFirstLocation(), form.getSecondLocation());
        if (locations.get(0).isEmpty()) {
            throw new Failure(Messages.StartForm_firstMissing());
        }
        for (String location : locations) {
            FormValidation checked = StartForm.DescriptorImpl.location(location);
            if (checked.kind == FormValidation.Kind.ERROR) {
                throw new Failure(location + ": " + checked.getMessage());
            }
        }
        if (locations.stream().distinct().count() < locations.size()) {
            throw new Failure(Messages.StartForm_same());
        }
    }

    /** Takes the servers' keys as compared, and begins. */
    @POST
    public HttpResponse doTrust() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        present().trust();
        return new HttpRedirect(".");
    }

    /** Goes on after a failure. */
    @POST
    public HttpResponse doRetry() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        present().start();
        return new HttpRedirect(".");
    }

    /** Forgets what was begun, or what is done. */
    @POST
    public HttpResponse doDismiss() throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Attempt present = present();
        present.stop();
        synchronized (this) {
            attempt = Optional.empty();
        }
        return new HttpRedirect(".");
    }

    /** Shows the recovery form, once. */
    @POST
    public void doForm(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        OneTime.Shown shown = present().form().orElseThrow(() -> new Failure(Messages.GuidedStart_shown()));
        response.setHeader("Cache-Control", "no-store");
        request.setAttribute("shown", shown);
        request.getView(this, "form.jelly").forward(request, response);
    }

    private synchronized Attempt present() {
        return attempt.orElseThrow(() -> new Failure(Messages.GuidedStart_nothing()));
    }
}
