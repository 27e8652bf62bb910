package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import java.util.List;

/** A block of a document. */
public sealed interface Block {

    /**
     * A heading.
     *
     * @param level 1 to 3
     * @param text of it
     */
    record Heading(int level, String text) implements Block {}

    /** A paragraph. */
    record Paragraph(Phrase text) implements Block {}

    /** A list. */
    record Items(List<Phrase> items) implements Block {
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A table.
     *
     * @param headings of the columns
     * @param rows each with as many cells
     */
    record Table(List<String> headings, List<List<Phrase>> rows) implements Block {
        public Table {
            headings = List.copyOf(headings);
            rows = List.copyOf(rows);
        }
    }

    /** Lines for bash, to be typed or pasted as they are. */
    record Commands(List<String> lines) implements Block {
        public Commands {
            lines = List.copyOf(lines);
        }
    }

    /** Text of somebody else, kept line by line. */
    record Verbatim(String text) implements Block {}
}
