package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.policy.runbook.Block;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Document;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A block of a report, as a page of Jenkins shows it. Immutable. */
public final class ShownBlock {

    private final Block block;
    private final String heading;

    private ShownBlock(Block block, String heading) {
        this.block = block;
        this.heading = heading;
    }

    /** All of a document. */
    static List<ShownBlock> of(Document document) {
        List<ShownBlock> shown = new ArrayList<>();
        String heading = document.title();
        for (Block block : document.blocks()) {
            heading = block instanceof Block.Heading above ? above.text() : heading;
            shown.add(new ShownBlock(block, heading));
        }
        return shown;
    }

    /** {@code heading}, {@code items}, {@code table} or {@code text}. */
    public String getKind() {
        if (block instanceof Block.Heading) {
            return "heading";
        } else if (block instanceof Block.Items) {
            return "items";
        }
        return block instanceof Block.Table ? "table" : "text";
    }

    /** The last heading above it, or this one: it names a table for a screen reader. */
    public String getHeading() {
        return heading;
    }

    /** Of a paragraph or a heading. */
    public String getText() {
        if (block instanceof Block.Paragraph paragraph) {
            return text(paragraph.text());
        }
        return block instanceof Block.Heading above ? above.text() : "";
    }

    /** Of a list. */
    public List<String> getItems() {
        return block instanceof Block.Items list
                ? list.items().stream().map(ShownBlock::text).toList()
                : List.of();
    }

    /** Names of a table's columns. */
    public List<String> getColumns() {
        return block instanceof Block.Table table ? table.headings() : List.of();
    }

    /** Of a table, each with as many cells. */
    public List<List<String>> getRows() {
        return block instanceof Block.Table table
                ? table.rows().stream()
                        .map(row -> row.stream().map(ShownBlock::text).toList())
                        .toList()
                : List.of();
    }

    private static String text(Phrase phrase) {
        return phrase.parts().stream().map(Phrase.Part::text).collect(Collectors.joining());
    }
}
