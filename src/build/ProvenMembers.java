import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Keeps the list of all that the plugin names of Jenkins: types, fields and methods, and a hash of each hand-written
 * declaration of them.
 *
 * <p>{@code write} is for the build against the real artifacts, whose compiler has just found everything there.
 * {@code check} is for the build against the declarations: what it compiled must name nothing that is not on the list,
 * and no declaration may have changed since.
 */
final class ProvenMembers {

    /** Where Jenkins, Stapler and plugins have their types. */
    private static final List<String> FOREIGN = List.of(
            "com/cloudbees/",
            "hudson/",
            "io/jenkins/",
            "jakarta/servlet/",
            "jenkins/",
            "net/sf/json/",
            "org/jenkinsci/",
            "org/jvnet/",
            "org/kohsuke/",
            "org/springframework/");

    private static final String OURS = "io/jenkins/plugins/provenbackup/";

    private ProvenMembers() {}

    /** Arguments: {@code write} or {@code check}, the folder of compiled classes, the folder of declarations, the list. */
    public static void main(String[] arguments) throws Exception {
        Path classes = Path.of(arguments[1]);
        Path declarations = Path.of(arguments[2]);
        Path list = Path.of(arguments[3]);
        SortedSet<String> named = namedBy(classes);
        SortedSet<String> declared = hashesOf(declarations);
        if (arguments[0].equals("write")) {
            List<String> lines = new ArrayList<>(named);
            lines.addAll(declared);
            Files.writeString(list, String.join("\n", lines) + "\n");
            return;
        }
        Set<String> proven = Files.exists(list) ? new TreeSet<>(Files.readAllLines(list)) : Set.of();
        List<String> complaints = new ArrayList<>();
        report(complaints, "is used, but was not seen in a real Jenkins yet", named, proven);
        report(complaints, "was not compared with a real Jenkins since it changed", declared, proven);
        if (!complaints.isEmpty()) {
            complaints.forEach(System.err::println);
            System.err.println(
                    "Run `mvn -Pjenkins verify` where Jenkins' artifacts are within reach, and commit " + list + ".");
            System.exit(1);
        }
    }

    private static void report(List<String> complaints, String what, Set<String> found, Set<String> proven) {
        found.stream().filter(line -> !proven.contains(line)).forEach(line -> complaints.add(line + " " + what + "."));
    }

    private static SortedSet<String> namedBy(Path classes) throws IOException {
        SortedSet<String> named = new TreeSet<>();
        for (Path file : filesBelow(classes, ".class")) {
            new ClassReader(Files.readAllBytes(file)).accept(new Names(named), ClassReader.SKIP_FRAMES);
        }
        return named;
    }

    private static SortedSet<String> hashesOf(Path declarations) throws Exception {
        SortedSet<String> hashes = new TreeSet<>();
        for (Path file : filesBelow(declarations, ".java")) {
            byte[] text = Files.readString(file).replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
            StringBuilder line = new StringBuilder("declaration ")
                    .append(declarations.relativize(file).toString().replace('\\', '/'))
                    .append(' ');
            for (byte next : MessageDigest.getInstance("SHA-256").digest(text)) {
                line.append(String.format("%02x", next));
            }
            hashes.add(line.toString());
        }
        return hashes;
    }

    private static List<Path> filesBelow(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    /** Collects what one class names. Walking it through a remapper shows every type, in signatures and annotations too. */
    private static final class Names extends ClassRemapper {

        private final Set<String> named;

        Names(Set<String> named) {
            super(Opcodes.ASM9, new ClassWriter(0), new Remapper(Opcodes.ASM9) {
                @Override
                public String map(String name) {
                    if (isForeign(name)) {
                        named.add("type " + name);
                    }
                    return name;
                }
            });
            this.named = named;
        }

        private static boolean isForeign(String name) {
            return !name.startsWith(OURS) && FOREIGN.stream().anyMatch(name::startsWith);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor rest = super.visitMethod(access, name, descriptor, signature, thrown);
            return new MethodVisitor(Opcodes.ASM9, rest) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    add("field", owner, field + " " + type);
                    super.visitFieldInsn(opcode, owner, field, type);
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    add("method", owner, method + " " + type);
                    super.visitMethodInsn(opcode, owner, method, type, isInterface);
                }

                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle) {
                            Handle handle = (Handle) argument;
                            add("method", handle.getOwner(), handle.getName() + " " + handle.getDesc());
                        }
                    }
                    super.visitInvokeDynamicInsn(method, type, bootstrap, arguments);
                }
            };
        }

        private void add(String kind, String owner, String member) {
            String type =
                    owner.startsWith("[") ? Type.getType(owner).getElementType().getInternalName() : owner;
            if (isForeign(type)) {
                named.add(kind + " " + type + " " + member);
            }
        }
    }
}
