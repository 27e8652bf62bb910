package hudson.util;

import com.thoughtworks.xstream.XStream;

public class XStream2 extends XStream {

    public XStream2() {
        throw new UnsupportedOperationException();
    }
}
