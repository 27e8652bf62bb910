package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.Failure;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLinks;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.access.AccessDeniedException;

/**
 * The pages about the backups of one policy's JENKINS_HOME. Each finds out itself what whoever asks may see; what is not for them
 * looks like what is not there. Lives for one request.
 */
public final class HomePages {

    private static final Desk DESK = new Desk("pages");
    private static final Downloads DOWNLOADS = new Downloads();
    private static final String RETRY_SECONDS = "60";

    private final BackupPolicy policy;
    private final RestoreWorks works;

    HomePages(BackupPolicy policy, RestoreWorks works) {
        this.policy = policy;
        this.works = works;
    }

    /** The policy, for headings and addresses. */
    public String getName() {
        return policy.getName();
    }

    /** Where the other parts of the plugin tell more of the policy. */
    public List<PolicyLinks.Target> getLinks() {
        return PolicyLinks.from(RecoveryPointPages.class, policy);
    }

    /** All recovery points. */
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        Jenkins.get().checkPermission(BackupPermissions.VIEW);
        show(request, response, "points", home -> {
            List<PointRow> points = new ArrayList<>();
            home.points().forEach(point -> points.add(PointRow.of(point)));
            Collections.reverse(points);
            return points;
        });
    }

    /** What a directory holds. */
    public void doBrowse(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        EntryPath path = path(request);
        show(request, response, "directory", home -> DirectoryPage.of(home, text(request, "point"), path));
    }

    /** A file's text. */
    public void doFile(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        EntryPath path = path(request);
        show(request, response, "file", home -> FilePage.of(home, text(request, "point"), path));
    }

    /** A file's versions, or a job's. */
    public void doHistory(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        EntryPath path = path(request);
        show(request, response, "history", home -> HistoryPage.of(home, path));
    }

    /** Names in all recovery points. */
    public void doSearch(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        String query = text(request, "q").strip();
        if (query.isEmpty()) {
            response.sendRedirect(".");
            return;
        }
        show(request, response, "search", home -> SearchPage.of(home, query));
    }

    /** Two recovery points. */
    public void doCompare(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        EntryPath path = path(request);
        show(
                request,
                response,
                "compare",
                home -> ComparePage.of(home, text(request, "from"), text(request, "to"), path));
    }

    /** A file in two of them. */
    public void doDiff(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        EntryPath path = path(request);
        show(request, response, "diff", home -> DiffPage.of(home, text(request, "from"), text(request, "to"), path));
    }

    /** What a restore would do. */
    public void doRestore(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        EntryPath path = path(request);
        show(request, response, "restore", home -> RestorePage.of(home, text(request, "point"), path));
    }

    /** A file's content, encrypted values masked; 503 while too many are on their way. */
    public void doDownload(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        EntryPath path = path(request);
        String who = Jenkins.getAuthentication2().getName();
        if (!DOWNLOADS.begin(who)) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", RETRY_SECONDS);
            request.setAttribute("problem", Messages.HomePages_manyDownloads());
            request.getView(this, "problem.jelly").forward(request, response);
            return;
        }
        try {
            download(text(request, "point"), path, response);
        } finally {
            DOWNLOADS.end(who);
        }
    }

    private void download(String id, EntryPath path, StaplerResponse2 response) throws IOException, ServletException {
        try {
            Desk.as(
                    Jenkins.getAuthentication2(),
                    () -> OpenHomes.get().use(policy, home -> {
                        download(home, id, path, response);
                        return null;
                    }));
        } catch (NothingThereException e) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static void download(OpenHome home, String id, EntryPath path, StaplerResponse2 response)
            throws IOException, InterruptedException {
        Sight sight = Sight.current();
        Snapshot point = NothingThereException.unless(sight.reads(path), home, id);
        FilePage.found(home, point, path, sight);
        response.setContentType("application/octet-stream");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename*=UTF-8''"
                        + URLEncoder.encode(PrintableName.of(path.name()), StandardCharsets.UTF_8)
                                .replace("+", "%20"));
        OutputStream out = response.getOutputStream();
        MaskingStream masked = new MaskingStream(out);
        home.write(point, path, masked);
        masked.finish();
    }

    /** Begins a restore. */
    @POST
    public HttpResponse doStart(StaplerRequest2 request) {
        EntryPath path;
        RestoreWish.Way way;
        RestoreWish.Parts parts;
        try {
            path = EntryPath.parse(text(request, "path"));
            way = RestoreWish.Way.valueOf(text(request, "way").toUpperCase(Locale.ROOT));
            String given = text(request, "parts");
            parts = given.isEmpty() ? RestoreWish.Parts.ALL : RestoreWish.Parts.valueOf(given.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Failure(Messages.HomePages_badRequest());
        }
        if (!Sight.current().restores(path)
                || way != RestoreWish.Way.ITEM && !Sight.current().isAdministrator()) {
            throw new AccessDeniedException(Messages.RestoreWork_denied());
        }
        String target = text(request, way == RestoreWish.Way.ITEM ? "name" : "directory")
                .strip();
        RestoreWork work = works.begin(new RestoreWish(
                policy, text(request, "point"), path, way, way == RestoreWish.Way.FILE ? "" : target, parts));
        return new HttpRedirect("../../work/" + work.getId() + "/");
    }

    /** Shows what was found, or that it takes a while. */
    private void show(StaplerRequest2 request, StaplerResponse2 response, String view, OpenHomes.Use<Object> work)
            throws IOException, ServletException {
        show(this, new Question(policy, view), request, response, work);
    }

    /**
     * What a page is about.
     *
     * @param policy whose home
     * @param view that shows the answer
     */
    record Question(BackupPolicy policy, String view) {}

    /** The same for pages of somebody else, which have the same views for waiting and for problems. */
    static void show(
            Object page,
            Question question,
            StaplerRequest2 request,
            StaplerResponse2 response,
            OpenHomes.Use<Object> work)
            throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        String view = question.view();
        try {
            Optional<Object> answer = DESK.ask(
                    request.getRequestURI() + "?" + request.getQueryString(),
                    () -> OpenHomes.get().use(question.policy(), work));
            if (answer.isEmpty()) {
                response.setHeader("Refresh", "1");
                view = "waiting";
            } else {
                request.setAttribute("found", answer.get());
            }
        } catch (NothingThereException e) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        } catch (RefusedException e) {
            request.setAttribute("problem", e.getMessage());
            view = "problem";
        } catch (IOException e) {
            request.setAttribute("problem", Reason.of(e));
            view = "problem";
        }
        request.getView(page, view + ".jelly").forward(request, response);
    }

    private static EntryPath path(StaplerRequest2 request) {
        try {
            return EntryPath.parse(text(request, "path"));
        } catch (IllegalArgumentException e) {
            throw new Failure(Messages.HomePages_badRequest());
        }
    }

    private static String text(StaplerRequest2 request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }
}
