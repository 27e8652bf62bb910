/** The home of a real Jenkins: backed up while it runs, restored, and booted without touching anything outside. */
package io.jenkins.plugins.provenbackup.jenkins.home;
