/**
 * The Jenkins plugin, a thin layer over the engine: parameters become requests, progress becomes lines of a build log, results
 * become what a build keeps and shows. Start with the packages {@code steps} and {@code configuration}.
 */
package io.jenkins.plugins.provenbackup.jenkins;
