package io.jenkins.plugins.provenbackup.jenkins.access;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.Permission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The matrix of permissions knows ours, keeps them and shows them. */
@WithJenkins
class MatrixAuthorizationTest {

    private static final List<Permission> OURS = List.of(
            BackupPermissions.VIEW, BackupPermissions.RUN, BackupPermissions.RESTORE, BackupPermissions.CONFIGURE);

    @Test
    void theMatrixGrantsEachOfOursAndKeepsIt(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        GlobalMatrixAuthorizationStrategy matrix = new GlobalMatrixAuthorizationStrategy();
        matrix.add(Jenkins.ADMINISTER, PermissionEntry.user("admin"));
        for (Permission permission : OURS) {
            matrix.add(permission, PermissionEntry.user(permission.name));
            matrix.add(Jenkins.READ, PermissionEntry.user(permission.name));
        }
        jenkins.jenkins.setAuthorizationStrategy(matrix);

        assertGranted(jenkins);
        Path saved = jenkins.jenkins.getRootDir().toPath().resolve("config.xml");
        assertThat(Files.readString(saved)).contains(BackupPermissions.class.getName() + ".Restore:Restore");
        jenkins.jenkins.setAuthorizationStrategy(
                (GlobalMatrixAuthorizationStrategy) Jenkins.XSTREAM2.fromXML(Jenkins.XSTREAM2.toXML(matrix)));
        assertGranted(jenkins);

        HtmlPage page = jenkins.createWebClient().login("admin").goTo("configureSecurity");
        assertThat(page.getWebResponse().getContentAsString())
                .contains(BackupPermissions.RUN.getId(), BackupPermissions.CONFIGURE.getId());
    }

    /** Each includes those before it, and none those after it. */
    private static void assertGranted(JenkinsRule jenkins) {
        for (int holder = 0; holder < OURS.size(); holder++) {
            String user = OURS.get(holder).name;
            for (int asked = 0; asked < OURS.size(); asked++) {
                assertThat(jenkins.jenkins
                                .getACL()
                                .hasPermission2(User.getById(user, true).impersonate2(), OURS.get(asked)))
                        .as("%s asked for %s", user, OURS.get(asked).name)
                        .isEqualTo(asked <= holder);
            }
        }
    }
}
