package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import java.util.List;

/**
 * A text for people, before it takes a format.
 *
 * @param title one line
 * @param blocks what follows
 */
public record Document(String title, List<Block> blocks) {

    public Document {
        blocks = List.copyOf(blocks);
    }

    /** As CommonMark with tables, readable as it is. */
    public String markdown() {
        return new MarkdownText().of(this);
    }

    /** As one HTML page that needs nothing else: light, dark and on paper. */
    public String html() {
        return new HtmlText().of(this);
    }
}
