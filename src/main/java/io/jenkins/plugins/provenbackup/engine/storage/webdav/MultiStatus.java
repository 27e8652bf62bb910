package io.jenkins.plugins.provenbackup.engine.storage.webdav;

import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the XML of a 207 answer (RFC 4918, section 13), without entities or DTD. */
final class MultiStatus {

    private static final String DAV = "DAV:";

    /**
     * A file or folder of an answer.
     *
     * @param path absolute and decoded
     * @param entry what was told of it
     */
    record Found(String path, RemoteEntry entry) {}

    private final XMLStreamReader xml;
    private final List<Found> found = new ArrayList<>();
    private String href = "";
    private boolean folder;
    private long size;
    private Instant modified = Instant.EPOCH;
    private boolean exists;

    private MultiStatus(XMLStreamReader xml) {
        this.xml = xml;
    }

    static List<Found> read(InputStream in) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            MultiStatus answer = new MultiStatus(xml);
            answer.readAll();
            return answer.found;
        } catch (XMLStreamException | NumberFormatException | URISyntaxException e) {
            throw failure(e);
        }
    }

    // An error of the connection comes wrapped, and must not pass for an answer that makes no sense.
    private static IOException failure(Exception cause) {
        return cause instanceof XMLStreamException xml && xml.getNestedException() instanceof IOException connection
                ? connection
                : new IOException("the server's answer cannot be understood: " + cause.getMessage(), cause);
    }

    private void readAll() throws XMLStreamException, URISyntaxException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && DAV.equals(xml.getNamespaceURI())) {
                start(xml.getLocalName());
            } else if (event == XMLStreamConstants.END_ELEMENT && isDav("response")) {
                add();
            }
        }
    }

    private void start(String name) throws XMLStreamException {
        switch (name) {
            case "response" -> {
                href = "";
                folder = false;
                size = 0;
                modified = Instant.EPOCH;
                exists = false;
            }
            case "href" -> href = href.isEmpty() ? xml.getElementText().strip() : href;
            case "propstat" -> properties();
            default -> {
                // properties of no interest, and those that hold others
            }
        }
    }

    /** The properties of one status count only when that is 200, which is told behind them. */
    private void properties() throws XMLStreamException {
        boolean isFolder = false;
        long length = 0;
        Instant time = Instant.EPOCH;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && isDav("propstat")) {
                return;
            }
            if (event != XMLStreamConstants.START_ELEMENT || !DAV.equals(xml.getNamespaceURI())) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "collection" -> isFolder = true;
                case "getcontentlength" -> length = length(xml.getElementText());
                case "getlastmodified" -> time = time(xml.getElementText());
                case "status" -> {
                    if (xml.getElementText().contains(" 200")) {
                        exists = true;
                        folder = isFolder;
                        size = length;
                        modified = time;
                    }
                }
                default -> {
                    // of no interest
                }
            }
        }
    }

    private boolean isDav(String name) {
        return DAV.equals(xml.getNamespaceURI()) && name.equals(xml.getLocalName());
    }

    private void add() throws URISyntaxException {
        String path = new URI(href).getPath();
        if (!exists || path == null || !path.startsWith("/")) {
            return;
        }
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String name = RemoteEntry.lastPart(plain);
        found.add(new Found(path, folder ? RemoteEntry.folder(name) : RemoteEntry.file(name, size, modified)));
    }

    private static long length(String text) {
        return text.isBlank() ? 0 : Long.parseLong(text.strip());
    }

    private static Instant time(String text) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
        } catch (DateTimeException notTold) {
            return Instant.EPOCH;
        }
    }
}
