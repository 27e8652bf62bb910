package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.ExtensionPoint;
import java.util.Optional;

/** Pages about policies that one part of the plugin has, and to which the pages of the other parts lead. */
public interface PolicyLink extends ExtensionPoint {

    /** What the pages are, in a word or two. */
    String title();

    /** Where the page about all policies is, below Jenkins' own address; empty for a user who may not see it. */
    Optional<String> url();

    /** Where the page about a policy is; empty where there is none, and for a user who may not see it. */
    Optional<String> urlOf(BackupPolicy policy);
}
