/** What the dashboard sends and serves, as far as it needs no Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.dashboard;
