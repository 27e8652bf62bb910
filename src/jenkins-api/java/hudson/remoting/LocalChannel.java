package hudson.remoting;

import java.io.IOException;

public class LocalChannel implements VirtualChannel {

    LocalChannel() {
throw new UnsupportedOperationException();
}

    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws T {
throw new UnsupportedOperationException();
}
}
