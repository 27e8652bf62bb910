package io.jenkins.plugins.provenbackup.engine.serve;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a PROPFIND asks for (RFC 4918, section 9.1).
 *
 * @param names of properties; empty for all of them
 */
record PropertyRequest(Optional<List<QName>> names) {

    static final String DAV = "DAV:";

    private static final int MOST = 200;

    PropertyRequest {
        names = names.map(List::copyOf);
    }

    /** Reads a body, which may be empty; entities and document types are refused. */
    static PropertyRequest parse(byte[] body) throws XMLStreamException {
        if (body.length == 0) {
            return new PropertyRequest(Optional.empty());
        }
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
        try {
            return read(reader);
        } finally {
            reader.close();
        }
    }

    private static PropertyRequest read(XMLStreamReader reader) throws XMLStreamException {
        List<QName> names = new ArrayList<>();
        boolean named = false;
        int depth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a document type is not allowed");
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (depth == 1 && !reader.getName().equals(new QName(DAV, "propfind"))) {
                    throw new XMLStreamException("not a propfind");
                }
                named |= depth == 2 && reader.getName().equals(new QName(DAV, "prop"));
                if (depth == 3 && named && names.size() < MOST) {
                    names.add(reader.getName());
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        return new PropertyRequest(named ? Optional.of(names) : Optional.empty());
    }
}
