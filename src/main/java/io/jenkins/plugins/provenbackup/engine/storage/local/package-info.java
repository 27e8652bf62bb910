/**
 * The verbs of a repository over a directory of this machine, by plain NIO.
 * Uses engine.storage and the JDK.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.local.LocalStorage}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.local;
