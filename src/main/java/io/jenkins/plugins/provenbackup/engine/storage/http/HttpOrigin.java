package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The begin of all addresses of a server.
 *
 * @param scheme http or https
 * @param host name or address, without brackets
 * @param port the port, also when it is the usual one
 */
record HttpOrigin(String scheme, String host, int port) {

    // RFC 3986, section 2.3, and the slash between the parts.
    private static final String PLAIN = "-._~/";

    URI address(String path) {
        StringBuilder address = new StringBuilder(scheme).append("://");
        address.append(host.contains(":") ? "[" + host + "]" : host);
        if (port != (scheme.equals("https") ? 443 : 80)) {
            address.append(':').append(port);
        }
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (alphanumeric || PLAIN.indexOf(c) >= 0) {
                address.append(c);
            } else {
                address.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
            }
        }
        return URI.create(address.toString());
    }

    String server() {
        return host + " port " + port;
    }
}
