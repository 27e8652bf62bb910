/**
 * Creating repositories and managing the keys that open them. It uses the repository and the cryptography below it. Start with
 * {@link io.jenkins.plugins.provenbackup.engine.keys.Init}.
 */
package io.jenkins.plugins.provenbackup.engine.keys;
