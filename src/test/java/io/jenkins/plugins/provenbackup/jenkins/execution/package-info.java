/** What runs the engine for a build, as far as it needs no Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.execution;
