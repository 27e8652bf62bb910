package io.jenkins.plugins.provenbackup.engine.storage.remote;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.vfs2.FileName;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;
import org.apache.commons.vfs2.RandomAccessContent;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.AbstractFileObject;
import org.apache.commons.vfs2.provider.UriParser;
import org.apache.commons.vfs2.util.RandomAccessMode;

/** A file or folder of a server, looked at once, when first asked for. */
final class RemoteFile extends AbstractFileObject<RemoteFiles> {

    private final RemoteCalls calls;
    private final String path;
    private boolean looked;
    private Optional<RemoteEntry> entry = Optional.empty();

    RemoteFile(AbstractFileName name, RemoteFiles files, RemoteCalls calls) throws FileSystemException {
        super(name, files);
        this.calls = calls;
        path = name.getPathDecoded();
    }

    String path() {
        return path;
    }

    @Override
    protected void doAttach() throws Exception {
        entry();
    }

    @Override
    protected void doDetach() {
        looked = false;
    }

    @Override
    protected void onChange() {
        looked = false;
    }

    @Override
    protected FileType doGetType() throws Exception {
        return entry().map(found -> found.kind() == RemoteEntry.Kind.FOLDER ? FileType.FOLDER : FileType.FILE)
                .orElse(FileType.IMAGINARY);
    }

    @Override
    protected long doGetContentSize() throws Exception {
        return known().size();
    }

    @Override
    protected long doGetLastModifiedTime() throws Exception {
        return known().modified().toEpochMilli();
    }

    @Override
    protected String[] doListChildren() {
        throw new UnsupportedOperationException("the resolved ones are listed");
    }

    @Override
    protected FileObject[] doListChildrenResolved() throws Exception {
        List<FileObject> children = new ArrayList<>();
        for (RemoteEntry child : calls.list(path)) {
            FileName name =
                    getFileSystem().getFileSystemManager().resolveName(getName(), UriParser.encode(child.name()));
            RemoteFile file = (RemoteFile) getFileSystem().resolveFile(name);
            file.entry = Optional.of(child);
            file.looked = true;
            children.add(file);
        }
        return children.toArray(new FileObject[0]);
    }

    @Override
    protected void doCreateFolder() throws Exception {
        calls.createFolder(path);
    }

    @Override
    protected void doDelete() throws Exception {
        if (doGetType() == FileType.FOLDER) {
            calls.deleteFolder(path);
        } else {
            calls.delete(path);
        }
    }

    @Override
    protected void doRename(FileObject target) throws Exception {
        calls.rename(path, ((RemoteFile) target).path);
    }

    @Override
    protected InputStream doGetInputStream(int bufferSize) throws Exception {
        return calls.read(path, 0, known().size());
    }

    @Override
    protected RandomAccessContent doGetRandomAccessContent(RandomAccessMode mode) throws Exception {
        return new RemoteRange(calls, path, known().size());
    }

    @Override
    protected OutputStream doGetOutputStream(boolean append) throws Exception {
        if (append) {
            throw new FileSystemException("vfs.provider/write-append-not-supported.error", getName());
        }
        return calls.write(path);
    }

    private RemoteEntry known() throws Exception {
        return entry().orElseThrow(() -> new org.apache.commons.vfs2.FileNotFoundException(getName()));
    }

    private Optional<RemoteEntry> entry() throws Exception {
        if (!looked) {
            entry = calls.look(path);
            looked = true;
        }
        return entry;
    }
}
