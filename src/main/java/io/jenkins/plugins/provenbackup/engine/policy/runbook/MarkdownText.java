package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import java.util.List;
import java.util.stream.Collectors;

/** Writes documents as CommonMark (version 0.31) with the tables of GitHub. */
final class MarkdownText {

    private static final int LONGEST_FENCE = 64;

    private final StringBuilder out = new StringBuilder();

    String of(Document document) {
        out.append("# ").append(plain(document.title())).append('\n');
        for (Block block : document.blocks()) {
            out.append('\n');
            write(block);
        }
        return out.toString();
    }

    private void write(Block block) {
        if (block instanceof Block.Heading heading) {
            out.append("#".repeat(heading.level()))
                    .append(' ')
                    .append(plain(heading.text()))
                    .append('\n');
        } else if (block instanceof Block.Paragraph paragraph) {
            out.append(phrase(paragraph.text())).append('\n');
        } else if (block instanceof Block.Items items) {
            items.items().forEach(item -> out.append("- ").append(phrase(item)).append('\n'));
        } else if (block instanceof Block.Table table) {
            row(table.headings().stream().map(MarkdownText::plain).toList());
            row(table.headings().stream().map(heading -> "---").toList());
            table.rows()
                    .forEach(row -> row(row.stream()
                            .map(cell -> phrase(cell).replace("\n", " "))
                            .toList()));
        } else if (block instanceof Block.Commands commands) {
            fenced("bash", String.join("\n", commands.lines()));
        } else if (block instanceof Block.Verbatim verbatim) {
            fenced("text", verbatim.text().stripTrailing());
        }
    }

    private void row(List<String> cells) {
        out.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    private void fenced(String language, String text) {
        String fence = "```";
        while (text.contains(fence) && fence.length() < LONGEST_FENCE) {
            fence += "`";
        }
        out.append(fence).append(language).append('\n').append(text).append('\n');
        out.append(fence).append('\n');
    }

    private static String phrase(Phrase phrase) {
        return phrase.parts().stream()
                .map(part -> part.style() == Phrase.Style.CODE ? code(part.text()) : plain(part.text()))
                .collect(Collectors.joining());
    }

    private static String code(String text) {
        String fence = text.contains("`") ? "``" : "`";
        String room = text.startsWith("`") || text.endsWith("`") ? " " : "";
        return fence + room + text.replace("|", "\\|") + room + fence;
    }

    /** Escapes what would be markup; an underscore inside a word is none. */
    private static String plain(String text) {
        return text.replaceAll("([\\\\`*<\\[\\]|])", "\\\\$1")
                .replaceAll("(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", "\\\\_");
    }
}
