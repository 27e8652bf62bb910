package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Util;
import jenkins.model.Jenkins;

/** Where the pages are. */
final class Links {

    private Links() {}

    /** The page of a policy, below the dashboard. */
    static String ofPolicy(String policy) {
        return "policy/" + Util.rawEncode(policy) + "/";
    }

    /** The whole address; empty when Jenkins does not know its own. */
    static String toPolicy(String policy) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? "" : root + Dashboard.URL + "/" + ofPolicy(policy);
    }
}
