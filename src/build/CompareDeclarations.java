import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Holds the hand-written declarations of Jenkins' types against the real ones: same kind, supertypes and type parameters,
 * and every declared member with the same modifiers, types and exceptions. Members that we do not use are not declared.
 */
final class CompareDeclarations {

    private CompareDeclarations() {}

    /** Arguments: the folder of declarations, and the class path with the real types. */
    public static void main(String[] arguments) throws Exception {
        Path declarations = Path.of(arguments[0]);
        String classPath = arguments[1];
        Path compiled = Files.createTempDirectory("declarations");
        List<String> complaints = new ArrayList<>();
        try (URLClassLoader real = new URLClassLoader(urls(classPath), null)) {
            compile(declarations, classPath, compiled);
            for (Path file : filesBelow(compiled, ".class")) {
                compare(file, compiled, real, complaints);
            }
        } finally {
            delete(compiled);
        }
        if (!complaints.isEmpty()) {
            complaints.forEach(System.err::println);
            System.exit(1);
        }
    }

    private static void compare(Path file, Path compiled, ClassLoader real, List<String> complaints)
            throws IOException {
        String resource = compiled.relativize(file).toString().replace(File.separatorChar, '/');
        Shape declared = Shape.read(Files.readAllBytes(file));
        try (InputStream input = real.getResourceAsStream(resource)) {
            if (input == null) {
                complaints.add(resource + " is declared, but Jenkins has no such type.");
                return;
            }
            Shape actual = Shape.read(input.readAllBytes());
            if (!declared.type.equals(actual.type)) {
                complaints.add(resource + " is declared as\n    " + declared.type + "\nbut is\n    " + actual.type);
            }
            declared.members.forEach((member, description) -> {
                String there = actual.members.get(member);
                if (!description.equals(there)) {
                    complaints.add(resource + ": " + member + " is declared as\n    " + description + "\nbut is\n    "
                            + there);
                }
            });
        }
    }

    private static void compile(Path declarations, String classPath, Path compiled) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(compiled));
            List<String> options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-cp", classPath);
            boolean done = compiler.getTask(
                            null,
                            files,
                            null,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(filesBelow(declarations, ".java")))
                    .call();
            if (!done) {
                throw new IOException("The declarations do not compile.");
            }
        }
    }

    private static URL[] urls(String classPath) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    private static List<Path> filesBelow(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).collect(Collectors.toList())) {
                Files.delete(file);
            }
        }
    }

    /** What a compiler reads from a class file, as text. */
    private static final class Shape extends ClassVisitor {

        private static final int MODIFIERS = Opcodes.ACC_PUBLIC
                | Opcodes.ACC_PROTECTED
                | Opcodes.ACC_PRIVATE
                | Opcodes.ACC_STATIC
                | Opcodes.ACC_FINAL
                | Opcodes.ACC_ABSTRACT
                | Opcodes.ACC_INTERFACE
                | Opcodes.ACC_ANNOTATION
                | Opcodes.ACC_ENUM
                | Opcodes.ACC_VARARGS;

        /** Annotations that change what a compiler or a processor makes of those who use the type. */
        private static final Set<String> TELLING = Set.of(
                "Ljava/lang/Deprecated;",
                "Ljava/lang/annotation/Inherited;",
                "Ljava/lang/annotation/Repeatable;",
                "Ljava/lang/annotation/Retention;",
                "Ljava/lang/annotation/Target;",
                "Lnet/java/sezpoz/Indexable;",
                "Lorg/jvnet/hudson/annotation_indexer/Indexed;",
                "Lorg/kohsuke/stapler/export/ExportedBean;");

        private final Map<String, String> members = new TreeMap<>();
        private final Set<String> annotations = new TreeSet<>();
        private String type = "";

        private Shape() {
            super(Opcodes.ASM9);
        }

        static Shape read(byte[] bytes) {
            Shape shape = new Shape();
            new ClassReader(bytes).accept(shape, ClassReader.SKIP_CODE);
            shape.type += shape.annotations;
            return shape;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            type = modifiers(access) + " " + parent + " " + new TreeSet<>(Arrays.asList(interfaces)) + " "
                    + (signature == null ? "" : signature);
        }

        @Override
        public void visitInnerClass(String name, String outer, String inner, int access) {
            members.put("type " + name, modifiers(access));
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if (!TELLING.contains(descriptor)) {
                return null;
            }
            StringBuilder text = new StringBuilder(descriptor);
            return new AnnotationVisitor(Opcodes.ASM9) {
                private final Set<String> values = new TreeSet<>();

                @Override
                public void visitEnum(String name, String enumeration, String value) {
                    values.add(value);
                }

                @Override
                public AnnotationVisitor visitArray(String name) {
                    return this;
                }

                @Override
                public void visitEnd() {
                    annotations.removeIf(text.toString()::equals);
                    annotations.removeIf(known -> known.startsWith(descriptor));
                    annotations.add(text.toString() + values);
                }
            };
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            if (isSeenByOthers(access)) {
                members.put(
                        "field " + name,
                        modifiers(access) + " " + descriptor + " " + (signature == null ? "" : signature) + " "
                                + (value == null ? "" : value));
            }
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            if (isSeenByOthers(access)) {
                members.put(
                        "method " + name + descriptor,
                        modifiers(access) + " " + (signature == null ? "" : signature) + " throws "
                                + (thrown == null ? Set.of() : new TreeSet<>(Arrays.asList(thrown))));
            }
            return null;
        }

        private static boolean isSeenByOthers(int access) {
            return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
                    && (access & Opcodes.ACC_SYNTHETIC) == 0;
        }

        private static String modifiers(int access) {
            return Integer.toHexString(access & MODIFIERS)
                    + ((access & Opcodes.ACC_DEPRECATED) == 0 ? "" : " deprecated");
        }
    }
}
