/** What the controller gives to agents, and what it keeps. */
package io.jenkins.plugins.provenbackup.jenkins.execution;
