/**
 * What every protocol over TLS shares: whom to trust, and what to say when a server is not trusted.
 * Uses engine.storage and the JDK.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.tls.TlsTrust}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.tls;
