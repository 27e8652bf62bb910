import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites classes that were compiled for Java 5 to the class file format of Java 8, in a jar, in place.
 *
 * <p>The JVM verifies such old classes slowly and keeps them out of a class data sharing archive, and picocli is made of
 * them: rewritten, the command line starts a third faster. The code of the methods stays as it is; they only gain the
 * stack maps that the fast verifier reads.
 */
final class UpgradeOldClasses {

    private static final int FIRST_SHARED = Opcodes.V1_6;

    private UpgradeOldClasses() {}

    /** Arguments: the jar, and the folder in it that is to be rewritten. */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        Path library = Files.copy(jar, Files.createTempFile("upgrade", ".jar"), REPLACE_EXISTING);
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {library.toUri().toURL()});
                FileSystem zip = FileSystems.newFileSystem(jar)) {
            for (Path file : classesBelow(zip.getPath(arguments[1]))) {
                upgrade(file, loader);
            }
        } finally {
            Files.delete(library);
        }
    }

    private static List<Path> classesBelow(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
        }
    }

    private static void upgrade(Path file, ClassLoader loader) throws Exception {
        ClassReader reader = new ClassReader(Files.readAllBytes(file));
        if (reader.readUnsignedShort(6) >= FIRST_SHARED) {
            return;
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return loader;
            }
        };
        reader.accept(new AsJava8(writer), ClassReader.SKIP_FRAMES);
        FileTime modified = Files.getLastModifiedTime(file);
        Files.write(file, writer.toByteArray());
        Files.setLastModifiedTime(file, modified);
    }

    private static final class AsJava8 extends ClassVisitor {

        AsJava8(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            super.visit(Opcodes.V1_8, access, name, signature, parent, interfaces);
        }
    }
}
