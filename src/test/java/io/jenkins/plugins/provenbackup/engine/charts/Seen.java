package io.jenkins.plugins.provenbackup.engine.charts;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A figure as a parser sees it. */
final class Seen {

    private final Document document;

    private Seen(Document document) {
        this.document = document;
    }

    static Seen of(Chart chart) throws Exception {
        return new Seen(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.figure("c", ChartWords.ENGLISH)))));
    }

    List<Element> elements(String tag, String cssClass) {
        NodeList all = document.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element one = (Element) all.item(i);
            if (cssClass.isEmpty()
                    || List.of(one.getAttribute("class").split(" ", -1)).contains(cssClass)) {
                found.add(one);
            }
        }
        return found;
    }

    List<String> texts(String tag, String cssClass) {
        return elements(tag, cssClass).stream().map(Element::getTextContent).toList();
    }

    /** Of the bars: left, top, width and height. */
    List<String> bars() {
        return elements("rect", "pb-chart__bar").stream()
                .map(bar -> bar.getAttribute("x") + " " + bar.getAttribute("y") + " " + bar.getAttribute("width") + "x"
                        + bar.getAttribute("height"))
                .toList();
    }

    /** The rows of the table of the numbers. */
    List<String> rows() {
        return elements("tr", "").stream()
                .map(row -> {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < row.getChildNodes().getLength(); i++) {
                        cells.add(row.getChildNodes().item(i).getTextContent());
                    }
                    return String.join(" | ", cells);
                })
                .toList();
    }

    Document document() {
        return document;
    }
}
