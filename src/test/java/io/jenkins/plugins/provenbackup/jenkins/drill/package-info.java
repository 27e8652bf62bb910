/** The choice of the worst destination, and what a report of a drill says. */
package io.jenkins.plugins.provenbackup.jenkins.drill;
