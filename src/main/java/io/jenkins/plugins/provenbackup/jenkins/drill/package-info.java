/**
 * Recovery drills: everything that a policy protects is restored from its worst destination, tried, measured and compared with the last
 * drills, and a report of it is kept. It uses the configuration, the recovery tests that steps use, and the engine; what begins a drill,
 * a step or a run of the policy, uses it. Start with {@link io.jenkins.plugins.provenbackup.jenkins.drill.Drill}, and for the choice
 * with {@link io.jenkins.plugins.provenbackup.jenkins.drill.WorstDestination}.
 */
package io.jenkins.plugins.provenbackup.jenkins.drill;
