package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.vfs.PlainVerbs;
import java.util.Optional;

/** Plain trees over FTP, where an argument ends with its line and servers cut blanks off it. */
final class FtpPlainVerbs extends PlainVerbs {

    FtpPlainVerbs(FtpSession session) {
        super(session);
    }

    @Override
    public Optional<String> refusal(byte[] path) {
        for (int i = 0; i < path.length; i++) {
            boolean first = i == 0 || path[i - 1] == '/';
            boolean last = i == path.length - 1 || path[i + 1] == '/';
            if (path[i] == ' ' && (first || last)) {
                return Optional.of("it has a blank at its start or end, which FTP servers cut off");
            }
        }
        return super.refusal(path);
    }
}
