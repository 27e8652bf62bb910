/** Tests of what is done with directories. */
package io.jenkins.plugins.provenbackup.engine.files;
