package org.kohsuke.stapler;

public class HttpResponses {

    public static HttpResponse forwardToView(Object it, String view) {
        throw new UnsupportedOperationException();
    }
}
