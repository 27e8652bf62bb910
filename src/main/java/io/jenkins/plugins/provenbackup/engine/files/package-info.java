/**
 * What several parts do with directories of this machine that are theirs, such as scratch space. It uses the JDK only. Start with
 * {@link io.jenkins.plugins.provenbackup.engine.files.TreeDeletion}.
 */
package io.jenkins.plugins.provenbackup.engine.files;
