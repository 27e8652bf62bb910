package org.kohsuke.stapler;

@SuppressWarnings("serial")
public class ForwardToView extends RuntimeException implements HttpResponse {

    private ForwardToView() {}
}
