/** A plugin that reaches out as soon as Jenkins starts, as some do. A test packs it; it knows nothing of ours. */
package io.jenkins.plugins.provenbackup.jenkins.home.eager;
