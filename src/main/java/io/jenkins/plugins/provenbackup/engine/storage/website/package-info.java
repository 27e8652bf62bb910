/**
 * Web sites as places to restore from: plain files over HTTP, for reading only.
 * Uses engine.storage, engine.storage.http, engine.storage.remote, engine.storage.vfs and engine.storage.webdav (to look).
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.website.WebProtocol}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.website;
