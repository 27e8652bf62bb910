package io.jenkins.plugins.provenbackup.engine.serve;

import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;

/** The answer to a PROPFIND (RFC 4918, section 13), written resource by resource. */
final class MultiStatus {

    private final Writer out;
    private final PropertyRequest request;

    MultiStatus(Writer out, PropertyRequest request) {
        this.out = out;
        this.request = request;
    }

    void begin() throws IOException {
        out.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\">\n");
    }

    void resource(String href, Resource resource) throws IOException {
        Map<QName, String> properties = properties(resource);
        Map<QName, String> found = new LinkedHashMap<>();
        List<QName> missing = new ArrayList<>();
        if (request.names().isEmpty()) {
            found.putAll(properties);
        } else {
            for (QName name : request.names().get()) {
                if (properties.containsKey(name)) {
                    found.put(name, properties.get(name));
                } else {
                    missing.add(name);
                }
            }
        }
        out.write("<D:response><D:href>" + Markup.escape(href) + "</D:href>");
        if (!found.isEmpty() || missing.isEmpty()) {
            out.write("<D:propstat><D:prop>");
            for (Map.Entry<QName, String> property : found.entrySet()) {
                String name = "D:" + property.getKey().getLocalPart();
                out.write("<" + name + ">" + property.getValue() + "</" + name + ">");
            }
            out.write("</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>");
        }
        if (!missing.isEmpty()) {
            out.write("<D:propstat><D:prop>");
            for (QName name : missing) {
                out.write("<" + name.getLocalPart() + " xmlns=\"" + Markup.escape(name.getNamespaceURI()) + "\"/>");
            }
            out.write("</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>");
        }
        out.write("</D:response>\n");
    }

    void end() throws IOException {
        out.write("</D:multistatus>\n");
    }

    private static Map<QName, String> properties(Resource resource) {
        Map<QName, String> properties = new LinkedHashMap<>();
        String name = PrintableName.of(resource.name().toByteArray());
        put(properties, "displayname", Markup.escape(name));
        put(properties, "resourcetype", resource instanceof Resource.Folder ? "<D:collection/>" : "");
        HttpTime.format(resource.modified()).ifPresent(time -> put(properties, "getlastmodified", time));
        if (resource instanceof Resource.File file) {
            put(properties, "getcontentlength", Long.toString(file.size()));
            put(properties, "getcontenttype", ContentTypes.of(file));
            put(properties, "getetag", "&quot;" + file.tag() + "&quot;");
        }
        put(properties, "supportedlock", "");
        return properties;
    }

    private static void put(Map<QName, String> properties, String name, String value) {
        properties.put(new QName(PropertyRequest.DAV, name), value);
    }
}
