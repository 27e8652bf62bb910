package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.schedule.ProtectedHome;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins whose home is backed up by a policy, and short words for what people do on the pages about it. */
final class HomeSite {

    static final String POLICY = "jenkins-home";

    private final JenkinsRule jenkins;
    private final ProtectedHome home;
    private final BackupPolicy policy;

    private HomeSite(JenkinsRule jenkins, ProtectedHome home, BackupPolicy policy) {
        this.jenkins = jenkins;
        this.home = home;
        this.policy = policy;
    }

    static HomeSite at(JenkinsRule jenkins, Path place) throws Exception {
        ProtectedHome home = ProtectedHome.at(place);
        BackupPolicy policy = home.policy(POLICY);
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
        return new HomeSite(jenkins, home, policy);
    }

    /** Backs the home up; the id of the snapshot. */
    String backUp() throws Exception {
        OpenHomes.get().forget();
        return home.backUp(policy);
    }

    /** A browser that stays on a page that asks to be loaded again: {@link #settled} does that. */
    static JenkinsRule.WebClient browser(JenkinsRule jenkins) {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.setRefreshHandler((page, url, seconds) -> {});
        return browser;
    }

    static String page(String rest) {
        return "recovery-points/home/" + POLICY + "/" + rest;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Opens a page that may take a while. */
    HtmlPage open(JenkinsRule.WebClient browser, String address) throws Exception {
        return settled(browser.goTo(address));
    }

    /** Waits until a page has what it is about. */
    static HtmlPage settled(HtmlPage first) throws Exception {
        HtmlPage page = first;
        for (int i = 0; i < 60 && page.getWebResponse().getResponseHeaderValue("Refresh") != null; i++) {
            Thread.sleep(500);
            page = (HtmlPage) page.refresh();
        }
        return page;
    }

    /** What a restore's page says at its end; what is asked for goes to the server as a form would send it. */
    HtmlPage restore(JenkinsRule.WebClient browser, String... fields) throws Exception {
        Page answer = post(browser, page("start"), fields);
        return answer instanceof HtmlPage page ? settled(page) : null;
    }

    Page post(JenkinsRule.WebClient browser, String address, String... fields) throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), address), HttpMethod.POST);
        List<NameValuePair> parameters = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            parameters.add(new NameValuePair(fields[i], fields[i + 1]));
        }
        request.setRequestParameters(parameters);
        return browser.getPage(browser.addCrumb(request));
    }
}
