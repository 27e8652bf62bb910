/** Recovery drills on a real Jenkins: button, step, pages, what is kept and who is told. */
package io.jenkins.plugins.provenbackup.jenkins.drill;
