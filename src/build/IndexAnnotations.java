import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Lists which classes carry an annotation that Jenkins looks for at run time ({@code @Symbol}, {@code @ExportedBean},
 * {@code @Initializer} and whatever else is marked {@code @Indexed}): one file for each annotation, below
 * {@code META-INF/services/annotations}.
 *
 * <p>Jenkins' own processor is not in Maven Central. This one runs in a compiler of its own after the real compilation,
 * since Maven takes processors from repositories only and not from the module that it builds.
 */
final class IndexAnnotations {

    private static final String MARK = "org.jvnet.hudson.annotation_indexer.Indexed";
    private static final String PLUGIN = "io/jenkins/plugins/provenbackup/jenkins";
    private static final String INDEXES = "META-INF/services/annotations/";

    private IndexAnnotations() {}

    /** Arguments: the folder of compiled classes, the class path, then the folders of sources, declarations last. */
    public static void main(String[] arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        String classPath = arguments[1];
        List<Path> sources = Stream.of(arguments).skip(2).map(Path::of).collect(Collectors.toList());
        List<Path> annotated = filesOfThePlugin(sources.subList(0, sources.size() - 1));
        deleteIndexes(classes.resolve(INDEXES));
        if (annotated.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                PrintWriter output = new PrintWriter(System.err, true)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            JavaCompiler.CompilationTask task = compiler.getTask(
                    output,
                    files,
                    null,
                    List.of("-proc:only", "-Xlint:none", "-cp", classPath, "-sourcepath", joined(sources)),
                    null,
                    files.getJavaFileObjectsFromPaths(annotated));
            task.setProcessors(List.of(new Indexer()));
            if (!task.call()) {
                System.exit(1);
            }
        }
    }

    /** The plugin's own files: all others know no annotation of Jenkins. */
    private static List<Path> filesOfThePlugin(List<Path> folders) throws IOException {
        Set<Path> found = new TreeSet<>();
        for (Path folder : folders) {
            Path plugin = folder.resolve(PLUGIN);
            if (Files.isDirectory(plugin)) {
                try (Stream<Path> files = Files.walk(plugin)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                }
            }
        }
        return List.copyOf(found);
    }

    private static void deleteIndexes(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> indexes = Files.list(folder)) {
                for (Path index : indexes.collect(Collectors.toList())) {
                    Files.delete(index);
                }
            }
        }
    }

    private static String joined(List<Path> folders) {
        return folders.stream().map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
    }

    /** What {@code annotation-indexer} writes, for classes, their members and packages. */
    @SupportedAnnotationTypes("*")
    private static final class Indexer extends AbstractProcessor {

        private final Map<String, Set<String>> indexes = new TreeMap<>();

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            for (TypeElement annotation : annotations) {
                if (isIndexed(annotation)) {
                    Set<String> index = indexes.computeIfAbsent(name(annotation), name -> new TreeSet<>());
                    round.getElementsAnnotatedWith(annotation).forEach(element -> add(element, index));
                }
            }
            if (round.processingOver()) {
                indexes.forEach(this::write);
            }
            return false;
        }

        private static boolean isIndexed(TypeElement annotation) {
            return annotation.getAnnotationMirrors().stream()
                    .anyMatch(mark -> mark.getAnnotationType().toString().equals(MARK));
        }

        private void add(Element element, Set<String> index) {
            switch (element.getKind()) {
                case PACKAGE:
                    index.add(((PackageElement) element).getQualifiedName() + ".*");
                    break;
                case METHOD:
                case FIELD:
                case CONSTRUCTOR:
                    index.add(name((TypeElement) element.getEnclosingElement()));
                    break;
                default:
                    if (element instanceof TypeElement) {
                        index.add(name((TypeElement) element));
                    }
            }
        }

        private String name(TypeElement type) {
            return processingEnv.getElementUtils().getBinaryName(type).toString();
        }

        private void write(String annotation, Set<String> index) {
            try (PrintWriter writer = new PrintWriter(processingEnv
                    .getFiler()
                    .createResource(StandardLocation.CLASS_OUTPUT, "", INDEXES + annotation)
                    .openWriter())) {
                index.forEach(line -> writer.print(line + "\n"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
