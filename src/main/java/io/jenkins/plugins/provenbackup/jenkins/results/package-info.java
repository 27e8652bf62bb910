/**
 * What a build keeps and shows of a backup, a restore or a recovery test. Plain classes with types of the JDK in their fields,
 * since they travel from agents, lie in {@code build.xml} for years, are read by scripts in the sandbox and exported as JSON;
 * records can do none of this. They are made from the engine's results, and their numbers and names equal what the command
 * line says. Start with {@link io.jenkins.plugins.provenbackup.jenkins.results.BackupReport}.
 */
package io.jenkins.plugins.provenbackup.jenkins.results;
