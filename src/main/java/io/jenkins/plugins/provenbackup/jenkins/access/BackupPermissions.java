package io.jenkins.plugins.provenbackup.jenkins.access;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;

/**
 * What people may be allowed to do. Each permission includes the ones before it: whoever may configure may restore, run and view.
 */
public final class BackupPermissions {

    /** Of all that follow. */
    public static final PermissionGroup GROUP =
            new PermissionGroup("Backup", BackupPermissions.class, Messages._BackupPermissions_group());

    /** Changes destinations, keys and policies. As good as administration: it sends Jenkins' credentials anywhere. */
    public static final Permission CONFIGURE = new Permission(
            GROUP, "Configure", Messages._BackupPermissions_configure(), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    /** Restores snapshots, and so reads what is in them. */
    public static final Permission RESTORE =
            new Permission(GROUP, "Restore", Messages._BackupPermissions_restore(), CONFIGURE, PermissionScope.ITEM);

    /** Makes backups. */
    public static final Permission RUN =
            new Permission(GROUP, "Run", Messages._BackupPermissions_run(), RESTORE, PermissionScope.ITEM);

    /** Sees what was backed up, when and where to; no content. */
    public static final Permission VIEW =
            new Permission(GROUP, "View", Messages._BackupPermissions_view(), RUN, PermissionScope.ITEM);

    private BackupPermissions() {}

    /** Makes the permissions known before authorization strategies that name them are loaded. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void register() {
        GROUP.getPermissions();
    }
}
