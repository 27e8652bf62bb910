/**
 * The command line: turns arguments into requests to the engine, and its results into text, JSON and an exit status.
 * It may use the engine and picocli; nothing may use it. Start reading at {@link
 * io.jenkins.plugins.provenbackup.cli.Main}.
 */
package io.jenkins.plugins.provenbackup.cli;
