package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileFilters;
import org.apache.commons.net.ftp.FTPListParseEngine;
import org.apache.commons.net.ftp.FTPReply;

/**
 * Looks at files and folders: by {@code MLST} and {@code MLSD} (RFC 3659), or by what older servers have. There "no" means a
 * missing file as well as a hidden one, so the folder's listing decides.
 */
final class FtpListing {

    private final FtpLink link;
    private final boolean modern;

    FtpListing(FtpLink link) {
        this.link = link;
        modern = isModern(link);
    }

    Optional<RemoteEntry> look(String path) throws IOException {
        if (path.isEmpty() || path.equals("/")) {
            return Optional.of(RemoteEntry.folder(""));
        }
        Optional<RemoteEntry> found = modern ? lookByMlst(path) : lookBySize(path);
        return found.isPresent() || saysThatThereIsNone() ? found : lookInFolder(path);
    }

    List<RemoteEntry> list(String folder) throws IOException {
        List<RemoteEntry> entries = new ArrayList<>();
        FTPListParseEngine lines;
        if (modern) {
            lines = link.client().initiateMListParsing(folder.isEmpty() ? "/" : folder);
            link.requireDone("MLSD");
        } else {
            // Without a path in LIST: servers disagree on blanks and patterns in it.
            link.client().changeWorkingDirectory(folder.isEmpty() ? "/" : folder);
            link.requireDone("CWD");
            lines = link.client().initiateListParsing();
            link.requireDone("LIST");
        }
        for (FTPFile file : lines.getFiles(FTPFileFilters.ALL)) {
            if (file == null) {
                throw new IOException("the server's listing of " + folder + " has a line that cannot be understood");
            }
            entry(file).ifPresent(entries::add);
        }
        return entries;
    }

    private static boolean isModern(FtpLink link) {
        try {
            return link.has("MLST");
        } catch (IOException e) {
            return false; // a broken connection shows at the next command
        }
    }

    private Optional<RemoteEntry> lookByMlst(String path) throws IOException {
        FTPFile file = link.client().mlistFile(path);
        if (file == null) {
            return Optional.empty();
        }
        file.setName(RemoteEntry.lastPart(path));
        return entry(file);
    }

    private Optional<RemoteEntry> lookBySize(String path) throws IOException {
        String size = link.client().getSize(path);
        if (size != null) {
            Instant modified = link.client().mdtmInstant(path);
            return Optional.of(RemoteEntry.file(
                    RemoteEntry.lastPart(path), length(size), modified == null ? Instant.EPOCH : modified));
        }
        return link.client().changeWorkingDirectory(path)
                ? Optional.of(RemoteEntry.folder(RemoteEntry.lastPart(path)))
                : Optional.empty();
    }

    private boolean saysThatThereIsNone() {
        if (FTPReply.isPositiveCompletion(link.client().getReplyCode())) {
            return false;
        }
        String words = link.client().getReplyString().toLowerCase(Locale.ROOT);
        return words.contains("no such") || words.contains("not found") || words.contains("not exist");
    }

    private Optional<RemoteEntry> lookInFolder(String path) throws IOException {
        String parent = RemoteEntry.parentOf(path);
        if (look(parent).isEmpty()) {
            return Optional.empty();
        }
        String name = RemoteEntry.lastPart(path);
        return list(parent).stream().filter(child -> child.name().equals(name)).findFirst();
    }

    private static Optional<RemoteEntry> entry(FTPFile file) {
        if (file.getName() == null
                || file.getName().equals(".")
                || file.getName().equals("..")) {
            return Optional.empty();
        }
        String name = RemoteEntry.lastPart(file.getName());
        if (file.isDirectory()) {
            return Optional.of(RemoteEntry.folder(name));
        }
        Instant modified = file.getTimestampInstant();
        return file.isFile()
                ? Optional.of(RemoteEntry.file(name, file.getSize(), modified == null ? Instant.EPOCH : modified))
                : Optional.empty();
    }

    private static long length(String size) throws IOException {
        try {
            return Long.parseLong(size.strip());
        } catch (NumberFormatException e) {
            throw new IOException("the server gave \"" + size + "\" for a size", e);
        }
    }
}
