package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.PlainAbility;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.PlainVerbs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Plain trees over FTP, where an argument ends with its line and servers cut blanks off it. Files keep their times where the
 * server offers {@code MFMT} (draft-somers-ftp-mfxx) and lists times to the second.
 */
final class FtpPlainVerbs extends PlainVerbs {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final FtpLink link;

    FtpPlainVerbs(FtpSession session, FtpLink link) {
        super(session);
        this.link = link;
    }

    @Override
    public Set<PlainAbility> abilities() throws IOException {
        Set<PlainAbility> abilities = super.abilities();
        if (link.has("MFMT") && link.has("MLST")) {
            abilities.add(PlainAbility.FILE_TIMES);
        }
        return abilities;
    }

    @Override
    public void setModified(byte[] path, Instant modified) throws IOException {
        link.client().setModificationTime(new String(path, StandardCharsets.UTF_8), TIME.format(modified));
        link.requireDone("MFMT");
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
