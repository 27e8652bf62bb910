package io.jenkins.plugins.provenbackup.engine.storage.s3;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** Tells the work that makes a request how to break it. */
final class BreakableHttpClient implements SdkHttpClient {

    private final SdkHttpClient inner;
    private final S3Calls calls;

    BreakableHttpClient(SdkHttpClient inner, S3Calls calls) {
        this.inner = inner;
        this.calls = calls;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = inner.prepareRequest(request);
        calls.current().ifPresent(progress -> progress.breakBy(prepared::abort));
        return prepared;
    }

    @Override
    public String clientName() {
        return inner.clientName();
    }

    @Override
    public void close() {
        inner.close();
    }
}
