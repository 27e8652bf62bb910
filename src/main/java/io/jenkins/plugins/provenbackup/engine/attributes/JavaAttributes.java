package io.jenkins.plugins.provenbackup.engine.attributes;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;

/** What the JDK offers: attributes of users, whose names it spells in the locale's charset; links have none. */
final class JavaAttributes implements ExtendedAttributes {

    /** The JDK spells attribute names in this charset, whatever their bytes are. */
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    @Override
    public List<ByteString> names(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return List.of();
        }
        List<ByteString> names = new ArrayList<>();
        for (String name : list(view(path))) {
            names.add(ByteString.of((USER + name).getBytes(NAMES)));
        }
        return names;
    }

    private static List<String> list(UserDefinedFileAttributeView view) throws IOException {
        try {
            return view.list();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            throw new AttributesNotSupportedException("the file system has none", e);
        }
    }

    @Override
    public ByteString value(Path path, ByteString name) throws IOException {
        UserDefinedFileAttributeView view = view(path);
        String spelt = spelt(path, name);
        ByteBuffer value = ByteBuffer.allocate(view.size(spelt));
        view.read(spelt, value);
        byte[] bytes = new byte[value.flip().remaining()];
        value.get(bytes);
        return ByteString.of(bytes);
    }

    @Override
    public void set(Path path, ByteString name, ByteString value) throws IOException {
        view(path).write(spelt(path, name), ByteBuffer.wrap(value.toByteArray()));
    }

    @Override
    public void remove(Path path, ByteString name) throws IOException {
        view(path).delete(spelt(path, name));
    }

    @Override
    public Scope scope() {
        return Scope.USERS_ONLY;
    }

    private static UserDefinedFileAttributeView view(Path path) throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new AttributesNotSupportedException("the file system of '" + path + "' has none", null);
        }
        return view;
    }

    /** The name as text without its name space. */
    private static String spelt(Path path, ByteString name) throws IOException {
        String whole = new String(name.toByteArray(), NAMES);
        if (!whole.startsWith(USER)) {
            throw new AttributesNotSupportedException("Java knows only attributes of users: '" + name + "'", null);
        }
        if (!ByteString.of(whole.getBytes(NAMES)).equals(name)) {
            throw new FileSystemException(
                    path.toString(), null, "the name '" + name + "' cannot be spelt in this locale");
        }
        return whole.substring(USER.length());
    }
}
