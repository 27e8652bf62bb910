/**
 * Tests of the repository format from outside: what the engine writes is read by a second reader, and copied, damaged or
 * forged as a destination could. Start with {@link io.jenkins.plugins.provenbackup.format.KeyStoryTest}.
 */
package io.jenkins.plugins.provenbackup.format;
