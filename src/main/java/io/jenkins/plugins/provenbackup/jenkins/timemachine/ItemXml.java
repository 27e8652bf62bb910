package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The {@code config.xml} of a job or folder, as far as a restore changes it: who may do what, and whether it is disabled. Mutable,
 * for one thread.
 */
final class ItemXml {

    /** Properties of jobs and of folders that say who may do what, or as whom builds run. */
    private static final Pattern AUTHORIZATION = Pattern.compile("(?i).*(authoriz|ownership|jobowner).*");

    private static final String DISABLED = "disabled";

    private final Document document;

    private ItemXml(Document document) {
        this.document = document;
    }

    /**
     * Reads it; nothing outside of it is read.
     *
     * @throws RefusedException when it is no XML, or has a document type
     */
    static ItemXml parse(byte[] xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new ItemXml(builder.parse(new ByteArrayInputStream(xml)));
        } catch (SAXException e) {
            throw new RefusedException(Messages.ItemXml_broken(e.getMessage()));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it says of who may do what, each as text to compare, sorted; empty when it leaves that to what is around it. */
    List<String> authorizations() throws IOException {
        TreeSet<String> texts = new TreeSet<>();
        for (Element one : authorizationElements()) {
            texts.add(text(one, "yes"));
        }
        return List.copyOf(texts);
    }

    /** Takes it out, or puts that of another in its place. */
    void takeAuthorizations(Optional<ItemXml> other) {
        for (Element one : authorizationElements()) {
            one.getParentNode().removeChild(one);
        }
        if (other.isEmpty() || other.get().authorizationElements().isEmpty()) {
            return;
        }
        Element properties = child(document.getDocumentElement(), "properties").orElseGet(() -> {
            Element made = document.createElement("properties");
            document.getDocumentElement().appendChild(made);
            return made;
        });
        for (Element one : other.get().authorizationElements()) {
            properties.appendChild(document.importNode(one, true));
        }
    }

    /**
     * Sets it to disabled, where this kind of job or folder says whether it is.
     *
     * @return whether that changed anything
     */
    boolean disable() {
        Optional<Element> disabled = child(document.getDocumentElement(), DISABLED)
                .filter(one -> !one.getTextContent().strip().equals("true"));
        disabled.ifPresent(one -> one.setTextContent("true"));
        return disabled.isPresent();
    }

    /** Sets it to enabled. */
    void enable() {
        child(document.getDocumentElement(), DISABLED).ifPresent(one -> one.setTextContent("false"));
    }

    byte[] toBytes() throws IOException {
        return text(document, "no").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private List<Element> authorizationElements() {
        List<Element> found = new ArrayList<>();
        child(document.getDocumentElement(), "properties").ifPresent(properties -> {
            for (Node node = properties.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element element
                        && AUTHORIZATION.matcher(element.getTagName()).matches()) {
                    found.add(element);
                }
            }
        });
        return found;
    }

    private static Optional<Element> child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static String text(Node node, String withoutDeclaration) throws IOException {
        try {
            TransformerFactory factory = TransformerFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Transformer transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.VERSION, "1.1");
            transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, withoutDeclaration);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            transformer.transform(new DOMSource(node), new StreamResult(out));
            return out.toString(java.nio.charset.StandardCharsets.UTF_8);
        } catch (TransformerException e) {
            throw new RefusedException(Messages.ItemXml_broken(e.getMessage()));
        }
    }
}
