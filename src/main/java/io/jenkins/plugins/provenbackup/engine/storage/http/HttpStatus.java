package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.net.HttpURLConnection;

/** The status codes that matter here, of RFC 9110, RFC 4918 and RFC 6585. */
public final class HttpStatus {

    public static final int OK = HttpURLConnection.HTTP_OK;
    public static final int CREATED = HttpURLConnection.HTTP_CREATED;
    public static final int PARTIAL_CONTENT = HttpURLConnection.HTTP_PARTIAL;
    public static final int MULTI_STATUS = 207;
    public static final int UNAUTHORIZED = HttpURLConnection.HTTP_UNAUTHORIZED;
    public static final int FORBIDDEN = HttpURLConnection.HTTP_FORBIDDEN;
    public static final int NOT_FOUND = HttpURLConnection.HTTP_NOT_FOUND;
    public static final int METHOD_NOT_ALLOWED = HttpURLConnection.HTTP_BAD_METHOD;
    public static final int REQUEST_TIMEOUT = HttpURLConnection.HTTP_CLIENT_TIMEOUT;
    public static final int CONFLICT = HttpURLConnection.HTTP_CONFLICT;
    public static final int GONE = HttpURLConnection.HTTP_GONE;
    public static final int PRECONDITION_FAILED = HttpURLConnection.HTTP_PRECON_FAILED;
    public static final int CONTENT_TOO_LARGE = HttpURLConnection.HTTP_ENTITY_TOO_LARGE;
    public static final int RANGE_NOT_SATISFIABLE = 416;
    public static final int LOCKED = 423;
    public static final int TOO_MANY_REQUESTS = 429;
    public static final int NOT_IMPLEMENTED = HttpURLConnection.HTTP_NOT_IMPLEMENTED;
    public static final int INSUFFICIENT_STORAGE = 507;
    private static final int SERVER_ERRORS = 500;

    private HttpStatus() {}

    /** Whether the server did what it was asked for. */
    public static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    /** Whether it sends the client elsewhere. */
    public static boolean isRedirect(int status) {
        return status / 100 == 3;
    }

    static boolean mayPass(int status) {
        return status == REQUEST_TIMEOUT
                || status == LOCKED
                || status == TOO_MANY_REQUESTS
                || (status >= SERVER_ERRORS && status != NOT_IMPLEMENTED && status != INSUFFICIENT_STORAGE);
    }

    static String words(int status) {
        return switch (status) {
            case UNAUTHORIZED -> " (not logged in)";
            case FORBIDDEN -> " (forbidden)";
            case NOT_FOUND, GONE -> " (not found)";
            case METHOD_NOT_ALLOWED, NOT_IMPLEMENTED -> " (not allowed there)";
            case CONFLICT -> " (conflict)";
            case PRECONDITION_FAILED -> " (precondition failed)";
            case CONTENT_TOO_LARGE -> " (too large)";
            case LOCKED -> " (locked)";
            case TOO_MANY_REQUESTS -> " (too many requests)";
            case INSUFFICIENT_STORAGE -> " (no space left)";
            default -> "";
        };
    }
}
