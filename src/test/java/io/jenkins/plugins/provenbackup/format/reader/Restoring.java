package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Bytes.join;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes entries into a new directory: files, directories and hard links by Java; symbolic links, owners, modes and times
 * by a shell script, to which names are bytes.
 */
final class Restoring {

    private final Archives archives;
    private final Path target;
    private final ByteArrayOutputStream script = new ByteArrayOutputStream();
    private final boolean root;

    Restoring(Archives archives, Path target) throws IOException {
        this.archives = archives;
        this.target = target;
        this.root = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    void restore(List<Entry> entries) throws IOException {
        Map<Long, Entry> firsts = Catalog.firstOfGroups(entries);
        for (Entry entry : entries) {
            Entry first = firsts.getOrDefault(entry.linkGroup(), entry);
            if (entry.type() == Entry.LINK) {
                continue;
            }
            if (!Arrays.equals(first.path(), entry.path())) {
                Files.createLink(path(entry), path(first));
                continue;
            }
            if (entry.type() == Entry.DIRECTORY) {
                Files.createDirectories(path(entry));
            } else {
                write(entry);
            }
            for (Map.Entry<String, byte[]> one : entry.attributes().entrySet()) {
                Files.getFileAttributeView(path(entry), UserDefinedFileAttributeView.class)
                        .write(one.getKey().replaceFirst("^user\\.", ""), ByteBuffer.wrap(one.getValue()));
            }
        }
        entries.stream().filter(entry -> entry.type() == Entry.LINK).forEach(this::link);
        for (int i = entries.size() - 1; i >= 0; i--) {
            finish(entries.get(i));
        }
        run();
    }

    private void write(Entry file) throws IOException {
        try (FileChannel out = FileChannel.open(path(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Entry.Extent extent : file.extents()) {
                if (!extent.isHole()) {
                    out.write(ByteBuffer.wrap(archives.chunk(extent)));
                } else if (out.position() + extent.length() < file.size()) {
                    out.position(out.position() + extent.length());
                } else {
                    out.write(ByteBuffer.allocate(1), file.size() - 1);
                }
            }
        }
    }

    private void link(Entry link) {
        command("ln -s --", link.target(), bytes(link));
    }

    private void finish(Entry entry) {
        boolean isAlready = entry.uid() == 0 && entry.gid() == 0;
        if (root && !isAlready) {
            command("chown -h -- " + entry.uid() + ":" + entry.gid(), bytes(entry));
        }
        if (entry.type() != Entry.LINK) {
            command("chmod -- " + Integer.toOctalString(entry.mode()), bytes(entry));
        }
        command("touch -h -m -d " + entry.mtime() + " --", bytes(entry));
    }

    private void command(String command, byte[]... arguments) {
        script.writeBytes(utf8(command));
        for (byte[] argument : arguments) {
            script.writeBytes(utf8(" '"));
            for (byte b : argument) {
                script.writeBytes(b == '\'' ? utf8("'\\''") : new byte[] {b});
            }
            script.writeBytes(utf8("'"));
        }
        script.write('\n');
    }

    private void run() throws IOException {
        Path file = Files.createTempFile("restore", ".sh");
        Path output = Files.createTempFile("restore", ".txt");
        try {
            Files.write(file, script.toByteArray());
            Process shell = new ProcessBuilder("sh", "-e", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Fields.require(shell.waitFor() == 0, Files.readString(output));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(file);
            Files.delete(output);
        }
    }

    private byte[] bytes(Entry entry) {
        return entry.path().length == 0 ? utf8(target + "") : join(utf8(target + "/"), entry.path());
    }

    /** Through an URI, since names are bytes and Java's strings are not. */
    private Path path(Entry entry) {
        String hex = HexFormat.of().withPrefix("%").formatHex(bytes(entry));
        return Path.of(URI.create("file:///" + hex));
    }
}
