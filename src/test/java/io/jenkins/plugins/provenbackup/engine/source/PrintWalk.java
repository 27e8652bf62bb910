package io.jenkins.plugins.provenbackup.engine.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints what a walk finds, for a test that runs it in another locale; files by the number of bytes read. */
public final class PrintWalk {

    private PrintWalk() {}

    public static void main(String[] args) throws Exception {
        StringBuilder lines = new StringBuilder();
        try (SourceWalk walk = new FileTreeSource(List.of(Path.of(args[0])), WalkOptions.ALL).walk(lines::append)) {
            for (Optional<SourceItem> item = walk.next(); item.isPresent(); item = walk.next()) {
                lines.append(item.get().complete().path());
                if (item.get().node().path().depth() > 0) {
                    try (SourceContent content = item.get().open()) {
                        lines.append(' ').append(content.read(ByteBuffer.allocate(100)));
                    }
                }
                lines.append('\n');
            }
        }
        System.out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
