/**
 * Policies as YAML files, read strictly: whatever is unknown, of another type or out of bounds is one error with file, line
 * and the way out. It may use the policies themselves and nothing above them; no other package knows YAML. Start reading at
 * {@link io.jenkins.plugins.provenbackup.engine.policy.yaml.PolicyFile}.
 */
package io.jenkins.plugins.provenbackup.engine.policy.yaml;
