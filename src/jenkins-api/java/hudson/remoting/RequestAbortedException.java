package hudson.remoting;

@SuppressWarnings("serial")
public class RequestAbortedException extends RemotingSystemException {

    RequestAbortedException() {
        throw new UnsupportedOperationException();
    }
}
