package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteCalls;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.commons.net.ftp.FTPReply;

/** The commands of FTP that matter here. */
final class FtpCalls implements RemoteCalls {

    private final FtpLink link;
    private final FtpListing listing;

    FtpCalls(FtpLink link) {
        this.link = link;
        listing = new FtpListing(link);
    }

    @Override
    public Optional<RemoteEntry> look(String path) throws IOException {
        return listing.look(path);
    }

    @Override
    public List<RemoteEntry> list(String folder) throws IOException {
        return listing.list(folder);
    }

    @Override
    public void createFolder(String path) throws IOException {
        link.client().makeDirectory(path);
        link.requireDone("MKD");
    }

    @Override
    public void delete(String path) throws IOException {
        if (!link.client().deleteFile(path)) {
            FtpReplyException refused = link.refused("DELE");
            if (listing.look(path).isPresent()) {
                throw refused;
            }
        }
    }

    @Override
    public void deleteFolder(String path) throws IOException {
        link.client().removeDirectory(path);
        link.requireDone("RMD");
    }

    @Override
    public void rename(String from, String to) throws IOException {
        if (!FTPReply.isPositiveIntermediate(link.client().rnfr(from))) {
            throw link.refused("RNFR");
        }
        link.client().rnto(to);
        link.requireDone("RNTO");
    }

    @Override
    public InputStream read(String path, long offset, long length) throws IOException {
        link.client().setRestartOffset(offset);
        InputStream data = link.client().retrieveFileStream(path);
        if (data != null) {
            return new FtpDownload(data, link, length);
        }
        if (offset == 0 || !knowsNoRestart()) {
            throw link.refused("RETR");
        }
        link.client().setRestartOffset(0);
        InputStream whole = read(path, 0, offset + length);
        whole.skipNBytes(offset);
        return whole;
    }

    @Override
    public OutputStream write(String path) throws IOException {
        OutputStream data = link.client().storeFileStream(path);
        if (data == null) {
            throw link.refused("STOR");
        }
        return new FtpUpload(data, link);
    }

    private boolean knowsNoRestart() {
        int code = link.client().getReplyCode();
        return code == FTPReply.UNRECOGNIZED_COMMAND
                || code == FTPReply.COMMAND_NOT_IMPLEMENTED
                || code == FTPReply.COMMAND_NOT_IMPLEMENTED_FOR_PARAMETER;
    }
}
