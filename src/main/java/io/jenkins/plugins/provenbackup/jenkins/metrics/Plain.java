package io.jenkins.plugins.provenbackup.jenkins.metrics;

import java.io.IOException;
import org.kohsuke.stapler.StaplerResponse2;

/** Sends texts that are not pages of Jenkins. */
public final class Plain {

    private Plain() {}

    /** Sends it as it is; no browser takes it for anything else. */
    public static void send(StaplerResponse2 response, String type, String text) throws IOException {
        response.setContentType(type);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().write(text);
    }

    /** A page that needs nothing but the style within it, and may do nothing else. */
    public static void sendPage(StaplerResponse2 response, String html) throws IOException {
        response.setHeader(
                "Content-Security-Policy",
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'");
        send(response, "text/html; charset=utf-8", html);
    }
}
