package io.jenkins.plugins.provenbackup.engine.source.home;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSOutput;
import org.xml.sax.SAXException;

/** The main {@code config.xml} of a copy, without what reaches out of it. */
final class NeutralConfiguration {

    /** What Jenkins connects to or starts by itself. */
    private static final Set<String> BLANKED = Set.of("clouds", "slaves");

    /** Nothing is built, nobody listens, and everything lies in the copy. */
    private static final Map<String, String> SET = Map.of(
            "numExecutors", "0",
            "slaveAgentPort", "-1",
            "workspaceDir", "${JENKINS_HOME}/workspace/${ITEM_FULL_NAME}",
            "buildsDir", "${ITEM_ROOTDIR}/builds");

    private NeutralConfiguration() {}

    /**
     * Changes the file.
     *
     * @throws IOException when it is no plain XML: with entities of its own, for one
     */
    static void make(Path file) throws IOException {
        Document document = read(file);
        Element root = document.getDocumentElement();
        for (Element element : elements(root)) {
            if (BLANKED.contains(element.getTagName())) {
                while (element.getFirstChild() != null) {
                    element.removeChild(element.getFirstChild());
                }
            } else if (SET.containsKey(element.getTagName())) {
                root.removeChild(element);
            }
        }
        SET.forEach(
                (name, value) -> root.appendChild(document.createElement(name)).setTextContent(value));
        Files.write(file, bytes(document));
    }

    private static Document read(Path file) throws IOException {
        try {
            // The JDK's own, whatever else is on the class path.
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (SAXException e) {
            throw new IOException("the home's config.xml is no XML that Jenkins writes: " + e.getMessage(), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Written as it was read, as XML 1.1 if it is: that can hold what 1.0 cannot. */
    private static byte[] bytes(Document document) {
        DOMImplementationLS writers =
                (DOMImplementationLS) document.getImplementation().getFeature("LS", "3.0");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LSOutput output = writers.createLSOutput();
        output.setByteStream(bytes);
        output.setEncoding("UTF-8");
        writers.createLSSerializer().write(document, output);
        return bytes.toByteArray();
    }

    private static List<Element> elements(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
