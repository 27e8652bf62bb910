package io.jenkins.plugins.provenbackup.engine.storage.website;

import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;

/** A web server over TLS that lists by WebDAV and only reads. */
class DavWebReadingTest extends WebReadingTest {

    @Override
    String scheme() {
        return "https";
    }

    @Override
    ApacheServer.Area area() {
        return ApacheServer.Area.LOOK;
    }
}
