/**
 * Keys, key slots and everything that is encrypted, signed or hashed with a key. It uses the JDK's AES-GCM and HMAC and
 * Bouncy Castle's lightweight API, and knows nothing of storage, archives or catalogs. Start reading at {@link
 * io.jenkins.plugins.provenbackup.engine.crypto.AccessKey}, then {@link
 * io.jenkins.plugins.provenbackup.engine.crypto.Sealing} and {@link
 * io.jenkins.plugins.provenbackup.engine.crypto.StreamKey}.
 */
package io.jenkins.plugins.provenbackup.engine.crypto;
