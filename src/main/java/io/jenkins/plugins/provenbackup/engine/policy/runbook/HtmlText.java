package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import java.util.stream.Collectors;

/** Writes documents as self-contained HTML pages: no script, no link to anywhere, a style of their own. */
final class HtmlText {

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #f4f6f8; --line: #d0d7de; --accent: #0b6bcb; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6edf3; --paper: #0f1318; --soft: #1a2027; --line: #39424d; --accent: #6cb6ff; }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink);
              font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
            main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
            h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
            h2 { font-size: 1.3rem; margin: 2.4rem 0 .6rem; padding-bottom: .3rem; border-bottom: 2px solid var(--accent); }
            h3 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
            p, ul { margin: .5rem 0; }
            ul { padding-left: 1.4rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; min-width: 36rem; margin: .6rem 0; }
            th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
            th { background: var(--soft); }
            td { min-width: 13ch; overflow-wrap: break-word; } /* A time with its date breaks at its blanks alone. */
            code { font: .92em/1.4 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
              background: var(--soft); padding: .1em .3em; border-radius: 3px; }
            pre { background: var(--soft); border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 4px;
              padding: .7rem .9rem; margin: .6rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
            pre code { background: none; padding: 0; }
            pre.said { border-left-color: var(--line); font: inherit; }
            @media print {
              :root { color-scheme: light; --ink: #000000; --paper: #ffffff; --soft: #ffffff; --line: #888888; --accent: #000000; }
              body { font-size: 10.5pt; }
              main { max-width: none; padding: 0; }
              table { min-width: 0; font-size: 8.5pt; }
              h2, h3 { break-after: avoid; }
              tr, pre, li { break-inside: avoid; }
            }
            """;

    private final StringBuilder out = new StringBuilder();

    String of(Document document) {
        String title = escaped(document.title());
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(title)
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(title)
                .append("</h1>\n");
        document.blocks().forEach(this::write);
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private void write(Block block) {
        if (block instanceof Block.Heading heading) {
            element("h" + heading.level(), escaped(heading.text()));
        } else if (block instanceof Block.Paragraph paragraph) {
            element("p", phrase(paragraph.text()));
        } else if (block instanceof Block.Items items) {
            element(
                    "ul",
                    items.items().stream()
                            .map(item -> "<li>" + phrase(item) + "</li>")
                            .collect(lines()));
        } else if (block instanceof Block.Table table) {
            table(table);
        } else if (block instanceof Block.Commands commands) {
            element("pre", "<code>" + escaped(String.join("\n", commands.lines())) + "</code>");
        } else if (block instanceof Block.Verbatim verbatim) {
            out.append("<pre class=\"said\">")
                    .append(escaped(verbatim.text().stripTrailing()))
                    .append("</pre>\n");
        }
    }

    private void table(Block.Table table) {
        String head = table.headings().stream()
                .map(heading -> "<th scope=\"col\">" + escaped(heading) + "</th>")
                .collect(Collectors.joining());
        String body = table.rows().stream()
                .map(row -> row.stream()
                        .map(cell -> "<td>" + phrase(cell) + "</td>")
                        .collect(Collectors.joining("", "<tr>", "</tr>")))
                .collect(lines());
        out.append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"table\">\n<table>\n<thead><tr>")
                .append(head)
                .append("</tr></thead>\n<tbody>");
        out.append(body).append("</tbody>\n</table>\n</div>\n");
    }

    private void element(String name, String content) {
        out.append('<')
                .append(name)
                .append('>')
                .append(content)
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static java.util.stream.Collector<CharSequence, ?, String> lines() {
        return Collectors.joining("\n", "\n", "\n");
    }

    private static String phrase(Phrase phrase) {
        return phrase.parts().stream()
                .map(part -> part.style() == Phrase.Style.CODE
                        ? "<code>" + escaped(part.text()) + "</code>"
                        : escaped(part.text()))
                .collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
