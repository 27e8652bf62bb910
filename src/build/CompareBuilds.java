import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what the build against the declarations of Jenkins' types compiled with what the build against the real ones
 * did. Only where they agree is the plugin that was built without Jenkins the plugin that was tested with it.
 */
final class CompareBuilds {

    private CompareBuilds() {}

    /** Arguments: the folder of the default build's classes, and that of the build against Jenkins. */
    public static void main(String[] arguments) throws IOException {
        Path declared = Path.of(arguments[0]);
        Path real = Path.of(arguments[1]);
        SortedSet<String> names = new TreeSet<>(filesBelow(declared));
        names.addAll(filesBelow(real));
        List<String> complaints = new ArrayList<>();
        for (String name : names) {
            Path one = declared.resolve(name);
            Path other = real.resolve(name);
            if (!Files.exists(one)) {
                complaints.add(name + " is missing in the default build.");
            } else if (!Files.exists(other)) {
                if (isParameterList(name)) {
                    continue;
                }
                complaints.add(name + " is missing in the build against Jenkins.");
            } else if (!agree(name, one, other)) {
                complaints.add(name + " differs.");
            }
        }
        if (!complaints.isEmpty()) {
            complaints.forEach(System.err::println);
            System.err.println(
                    "The default build and the build against Jenkins differ. Run `mvn package` first; if that"
                            + " changes nothing, compare the two with javap: a declaration in src/jenkins-api is not exact.");
            System.exit(1);
        }
        System.out.println("The default build and the build against Jenkins agree in " + names.size() + " files.");
    }

    /**
     * The names of a web method's parameters. The processor in Jenkins' Stapler leaves out one of two methods of the same
     * name and parameters in different classes; Stapler then finds the names in the class file.
     */
    private static boolean isParameterList(String name) {
        return name.endsWith(".stapler") && Character.isLowerCase(name.charAt(name.lastIndexOf('/') + 1));
    }

    private static boolean agree(String name, Path one, Path other) throws IOException {
        if (name.endsWith(".stapler") || name.endsWith(".javadoc")) {
            return properties(one).equals(properties(other));
        }
        if (name.startsWith("META-INF/services/annotations/") || name.equals("META-INF/exposed.stapler-beans")) {
            return new TreeSet<>(Files.readAllLines(one)).equals(new TreeSet<>(Files.readAllLines(other)));
        }
        return Arrays.equals(Files.readAllBytes(one), Files.readAllBytes(other));
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream input = Files.newInputStream(file)) {
            properties.load(input);
        }
        return properties;
    }

    private static List<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toList());
        }
    }
}
