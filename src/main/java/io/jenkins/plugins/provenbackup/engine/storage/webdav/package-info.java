/**
 * WebDAV, plain and over TLS (RFC 4918).
 * Uses engine.storage, engine.storage.http, engine.storage.remote, engine.storage.vfs and the JDK.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.webdav.DavProtocol}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.webdav;
