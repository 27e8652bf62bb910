/** Real file trees for tests: building difficult ones, reading them, comparing them, running programs on them. */
package io.jenkins.plugins.provenbackup.testing;
