/**
 * Requests to a web server with log-in, trust, time-outs and clear errors, by the HTTP client of the JDK.
 * Uses engine.storage, engine.storage.tls, engine.storage.vfs (for what is being done) and the JDK.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.http;
