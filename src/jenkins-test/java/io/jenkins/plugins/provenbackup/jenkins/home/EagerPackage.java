package io.jenkins.plugins.provenbackup.jenkins.home;

import io.jenkins.plugins.provenbackup.jenkins.home.eager.EagerPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs the eager plugin as Jenkins takes it. */
final class EagerPackage {

    private EagerPackage() {}

    static void write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Short-Name", "eager");
        attributes.putValue("Long-Name", "Eager");
        attributes.putValue("Plugin-Version", "1.0");
        attributes.putValue("Jenkins-Version", "2.541.3");
        attributes.putValue("Plugin-Class", EagerPlugin.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (String name : List.of("EagerPlugin", "EagerCloud", "Knock")) {
                try (InputStream in = EagerPlugin.class.getResourceAsStream(name + ".class")) {
                    String folder = EagerPlugin.class.getPackageName().replace('.', '/');
                    out.putNextEntry(new JarEntry("WEB-INF/classes/" + folder + "/" + name + ".class"));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
    }
}
