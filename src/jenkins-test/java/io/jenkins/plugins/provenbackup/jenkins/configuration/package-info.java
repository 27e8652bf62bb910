/** The configuration in a real Jenkins: forms, as code, checks and permissions. */
package io.jenkins.plugins.provenbackup.jenkins.configuration;
