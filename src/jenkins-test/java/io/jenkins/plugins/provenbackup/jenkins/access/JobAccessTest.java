package io.jenkins.plugins.provenbackup.jenkins.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which jobs may use what, and which snapshots are whose. */
@WithJenkins
class JobAccessTest {

    @Test
    void byDefaultNoJobMayUseAnything(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("web"));
        JobAccess access = JobAccess.of(build);

        assertThatThrownBy(() -> access.requireDestination(destination(""), Granted.Purpose.BACK_UP))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("'web' may not use the destination 'nas'")
                .hasMessageContaining("An administrator can add it");
        assertThatThrownBy(() -> access.requirePolicy(policy("", ""), Granted.Purpose.BACK_UP))
                .hasMessageContaining("the policy 'shop'");
    }

    @Test
    void jobThatIsNamedMayUseIt(JenkinsRule jenkins) throws Exception {
        MockFolder folder = jenkins.createFolder("shop");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(folder.createProject(FreeStyleProject.class, "db"));
        JobAccess access = JobAccess.of(build);

        for (String pattern : new String[] {"shop/db", "shop/*", "shop/**", "**", "*/db", "web\nshop/d*", "**/db"}) {
            assertThatCode(() -> access.requireDestination(destination(pattern), Granted.Purpose.BACK_UP))
                    .as(pattern)
                    .doesNotThrowAnyException();
        }
        for (String pattern : new String[] {"db", "*", "shop", "Shop/db", "shop/d", "shop/db/*", "sho*"}) {
            assertThatThrownBy(() -> access.requireDestination(destination(pattern), Granted.Purpose.BACK_UP))
                    .as(pattern)
                    .isInstanceOf(AbortException.class);
        }
    }

    @Test
    void backingUpByAPolicyGivesNoRightToRestoreFromIt(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("web"));
        JobAccess access = JobAccess.of(build);
        BackupPolicy policy = policy("web", "restorer");

        access.requirePolicy(policy, Granted.Purpose.BACK_UP);
        assertThatThrownBy(() -> access.requirePolicy(policy, Granted.Purpose.RESTORE))
                .hasMessageContaining("may not restore from the policy 'shop'")
                .hasMessageContaining("jobs that may restore");
    }

    @Test
    @SuppressWarnings("try") // what is closed is the user
    void buildThatRunsAsAUserNeedsThatUsersPermission(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("web"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "runner")
                .grant(BackupPermissions.RUN)
                .everywhere()
                .to("runner"));
        try (ACLContext ignored = ACL.as(User.getById("reader", true))) {
            JobAccess access = JobAccess.of(build);
            assertThatThrownBy(() -> access.requireDestination(destination("web"), Granted.Purpose.BACK_UP))
                    .hasMessageContaining("'reader', who lacks the permission Backup/Run");
        }
        try (ACLContext ignored = ACL.as(User.getById("runner", true))) {
            JobAccess access = JobAccess.of(build);
            access.requireDestination(destination("web"), Granted.Purpose.BACK_UP);
            assertThatThrownBy(() -> access.requireDestination(destination("web"), Granted.Purpose.RESTORE))
                    .hasMessageContaining("Backup/Restore");
        }
    }

    @Test
    void stepNamesNoPathOfAMachine(JenkinsRule jenkins) throws Exception {
        JobAccess access = JobAccess.of(jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("web")));

        for (String path :
                new String[] {"/var/lib/jenkins", "file:///etc", "FILE:/etc", "relative", "file://localhost/x"}) {
            assertThatThrownBy(() -> access.requireRemote(path, Granted.Purpose.BACK_UP))
                    .as(path)
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("cannot name the path");
        }
        assertThat(access.requireRemote("sftp://host/x", Granted.Purpose.BACK_UP)
                        .host())
                .isEqualTo("host");
    }

    @Test
    void snapshotsOfAJobNamePathsInItsWorkspaceOnly(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("web");

        assertThat(SourceNames.ofPath(job, "")).isEqualTo("web:.");
        assertThat(SourceNames.ofPath(job, "./build//db/")).isEqualTo("web:build/db");
        assertThat(SourceNames.ofPath(job, "a/../b")).isEqualTo("web:b");
        for (String path : new String[] {"../other", "a/../../x", "/etc", "C:\\Windows", "..\\x"}) {
            assertThatThrownBy(() -> SourceNames.ofPath(job, path))
                    .as(path)
                    .hasMessageContaining("not inside the workspace");
        }
    }

    @Test
    void noNameOfAJobIsAPolicysOrAHomes(JenkinsRule jenkins) throws Exception {
        MockFolder folder = jenkins.createFolder("shop");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, SourceNames.HOME);

        assertThat(SourceNames.ofHome("shop")).isEqualTo("shop/jenkinsHome");
        assertThat(SourceNames.isHome(SourceNames.ofHome("shop"))).isTrue();
        assertThat(SourceNames.isHome(SourceNames.ofPath(job, ""))).isFalse();
        assertThat(SourceNames.isHome(SourceNames.ofPath(job, "x/jenkinsHome"))).isFalse();
        assertThatThrownBy(() -> SourceNames.ofPolicy("shop", SourceNames.HOME))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SourceNames.ofPolicy("web:x", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SourceNames.ofPolicy("a/b", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void renamedJobTakesItsSnapshotsAlongAndTheNextOfItsNameGetsNone(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("web");
        assertThat(SourceNames.ofPath(job, "x")).isEqualTo("web:x");

        job.renameTo("shop");
        assertThat(SourceNames.ofPath(job, "x")).isEqualTo("web:x");

        FreeStyleProject next = jenkins.createFreeStyleProject("web");
        assertThat(SourceNames.ofPath(next, "x")).isEqualTo("web#2:x");
        next.renameTo("third");
        assertThat(SourceNames.ofPath(next, "x")).isEqualTo("web#2:x");
        assertThat(SourceNames.ofPath(jenkins.createFreeStyleProject("web"), "x"))
                .isEqualTo("web#3:x");
    }

    @Test
    void jobOfARenamedFolderTakesItsSnapshotsAlong(JenkinsRule jenkins) throws Exception {
        MockFolder folder = jenkins.createFolder("old");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "web");

        folder.renameTo("new");

        assertThat(job.getFullName()).isEqualTo("new/web");
        assertThat(SourceNames.ofPath(job, "x")).isEqualTo("old/web:x");
    }

    @Test
    @SuppressWarnings("try") // what is closed is the user
    void permissionsIncludeEachOther(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(BackupPermissions.RESTORE)
                .everywhere()
                .to("restorer"));
        try (ACLContext ignored = ACL.as(User.getById("restorer", true))) {
            assertThat(Jenkins.get().hasPermission(BackupPermissions.VIEW)).isTrue();
            assertThat(Jenkins.get().hasPermission(BackupPermissions.RUN)).isTrue();
            assertThat(Jenkins.get().hasPermission(BackupPermissions.CONFIGURE)).isFalse();
        }
    }

    private static BackupDestination destination(String allowed) {
        BackupDestination destination = new BackupDestination("nas", "sftp://nas.example/x");
        destination.setAllowedJobs(allowed);
        return destination;
    }

    private static BackupPolicy policy(String allowed, String restoring) {
        BackupPolicy policy = new BackupPolicy("shop");
        policy.setAllowedJobs(allowed);
        policy.setRestoringJobs(restoring);
        return policy;
    }
}
