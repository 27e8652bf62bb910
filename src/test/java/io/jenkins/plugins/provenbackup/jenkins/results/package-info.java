/** That what builds keep survives, and says what the command line says. */
package io.jenkins.plugins.provenbackup.jenkins.results;
