package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.attributes.NativeFile;
import java.io.IOException;
import java.time.Instant;

/** A file written by the system's own calls. */
final class NativeOutput implements FileOutput {

    private final NativeFile file;
    private long end;

    NativeOutput(NativeFile file) {
        this.file = file;
    }

    @Override
    public int write(byte[] bytes, int offset, int length, long position) throws IOException {
        if (position != end) {
            file.seek(position);
        }
        int count = file.write(bytes, offset, length);
        end = position + count;
        return count;
    }

    @Override
    public void extend(long length) throws IOException {
        file.truncate(length);
    }

    @Override
    public Description description() {
        return Description.WHILE_OPEN;
    }

    @Override
    public void setModified(Instant accessed, Instant modified) throws IOException {
        file.setTimes(accessed, modified);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
