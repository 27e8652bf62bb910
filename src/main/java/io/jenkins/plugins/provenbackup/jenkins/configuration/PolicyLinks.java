package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where the other parts of the plugin tell more, for the user of this request. */
public final class PolicyLinks {

    private PolicyLinks() {}

    /** A page. Immutable. */
    public static final class Target {

        private final String title;
        private final String url;

        Target(String title, String url) {
            this.title = title;
            this.url = url;
        }

        /** What it is. */
        public String getTitle() {
            return title;
        }

        /** Where it is, below Jenkins' own address. */
        public String getUrl() {
            return url;
        }
    }

    /** Pages about all policies, but for the one that asks. */
    public static List<Target> from(Class<? extends PolicyLink> own) {
        return targets(own, PolicyLink::url);
    }

    /** Pages about a policy, but for the one that asks. */
    public static List<Target> from(Class<? extends PolicyLink> own, BackupPolicy policy) {
        return targets(own, link -> link.urlOf(policy));
    }

    /** All pages about a policy, none when there is no policy of that name. */
    public static List<Target> to(String policy) {
        return ProvenBackupConfiguration.get()
                .policy(policy)
                .map(found -> targets(null, link -> link.urlOf(found)))
                .orElse(List.of());
    }

    private static List<Target> targets(
            Class<? extends PolicyLink> own, Function<PolicyLink, Optional<String>> address) {
        List<Target> targets = new ArrayList<>();
        for (PolicyLink link : ExtensionList.lookup(PolicyLink.class)) {
            if (link.getClass() != own) {
                address.apply(link).ifPresent(url -> targets.add(new Target(link.title(), url)));
            }
        }
        return targets;
    }
}
