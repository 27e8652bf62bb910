package io.jenkins.plugins.provenbackup.jenkins.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.ComboBoxModel;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.jenkins.start.StartForm;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.verb.POST;

/** What browsers can call behind the forms: only by POST, and only for who may configure. */
@WithJenkins
class WebMethodsTest {

    private static final List<Class<?>> FORMS = List.of(
            BackupDestination.class,
            RepositoryKeys.class,
            BackupPolicy.class,
            PolicyDestination.class,
            PolicyContact.class,
            WorkspaceSource.class,
            CommandSource.class,
            LocationSource.class,
            JenkinsHomeSource.class,
            StartForm.class);

    @Test
    void allNeedPost(JenkinsRule jenkins) {
        assertThat(methods())
                .hasSizeGreaterThan(40)
                .allSatisfy(method -> assertThat(method.isAnnotationPresent(POST.class))
                        .as(method.toString())
                        .isTrue());
    }

    @Test
    void aGetIsRefused(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        URL url = new URL(
                jenkins.getURL(),
                "descriptorByName/" + BackupDestination.class.getName() + "/checkLocation?value=/mnt");

        assertThat(browser.getPage(new WebRequest(url, HttpMethod.GET))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(browser.getPage(browser.addCrumb(new WebRequest(url, HttpMethod.POST)))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(200);
    }

    /** A user who may configure jobs learns neither names, nor credentials, nor whether a path or server is there. */
    @Test
    @SuppressWarnings("try") // what is closed is the user
    void whoMayConfigureJobsOnlyGetsNothing(JenkinsRule jenkins) throws Exception {
        FullConfiguration.set();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.BUILD, Item.CREATE)
                .everywhere()
                .to("developer"));
        try (ACLContext ignored = ACL.as(User.getById("developer", true))) {
            for (Method method : methods()) {
                Descriptor<?> descriptor = Jenkins.get()
                        .getDescriptorOrDie(method.getDeclaringClass()
                                .getEnclosingClass()
                                .asSubclass(hudson.model.Describable.class));
                Object[] values = Arrays.stream(method.getParameterTypes())
                        .map(WebMethodsTest::anything)
                        .toArray();
                if (method.getReturnType() == ListBoxModel.class
                        && method.getName().contains("Credentials")) {
                    assertThat((ListBoxModel) method.invoke(descriptor, values))
                            .as(method.toString())
                            .extracting(option -> option.value)
                            .containsOnly("", "x");
                    continue;
                }
                assertThatThrownBy(() -> method.invoke(descriptor, values))
                        .as(method.toString())
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCauseInstanceOf(AccessDeniedException3.class);
            }
        }
    }

    private static Object anything(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == boolean.class) {
            return true;
        }
        return type == Secret.class ? Secret.fromString("x") : "x";
    }

    private static List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        for (Class<?> form : FORMS) {
            Descriptor<?> descriptor =
                    Jenkins.get().getDescriptorOrDie(form.asSubclass(hudson.model.Describable.class));
            for (Method method : descriptor.getClass().getDeclaredMethods()) {
                if (method.getName().startsWith("do") && !method.isSynthetic()) {
                    methods.add(method);
                }
            }
        }
        assertThat(methods)
                .noneMatch(method -> method.getReturnType() == ComboBoxModel.class
                        && !method.getName().startsWith("doFill"));
        return methods;
    }
}
