package io.jenkins.plugins.provenbackup.jenkins.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports are read back from a build's record by XStream and sent by agents, so only plain things are in their fields. */
class ReportShapeTest {

    private static final List<Class<?>> PLAIN_VALUES = List.of(ArrayList.class, LinkedHashMap.class, TreeMap.class);

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            classes = {
                BackupReport.class,
                RestoreReport.class,
                RecoveryTestReport.class,
                Report.class,
                DestinationReport.class,
                CatchUpReport.class,
                CheckReport.class,
                ReportSubject.class,
                RunTimes.class,
                Objectives.class,
                DrillReport.class,
                DrillPlace.class,
                DrillStep.class,
                DrillSubject.class
            })
    void isASerializableClassOfPlainFieldsAndNoRecord(Class<?> type) throws Exception {
        assertThat(type.isRecord()).isFalse();
        assertThat(Serializable.class).isAssignableFrom(type);
        assertThat(type.getDeclaredField("serialVersionUID").getModifiers() & Modifier.STATIC)
                .isNotZero();
        for (Field field : type.getDeclaredFields()) {
            assertThat(field.getType().isPrimitive()
                            || List.of(String.class, List.class, Map.class).contains(field.getType())
                            || field.getType().isEnum())
                    .as("%s", field)
                    .isTrue();
        }
    }

    /** XStream cannot read the JDK's immutable collections back. */
    @Test
    void itsListsAndMapsAreOrdinaryOnesAndItTravels() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("tree"));
        Files.writeString(tree.resolve("a"), "a");
        try (Laboratory laboratory = Laboratory.at(temp.resolve("near"))) {
            BackupReport report = BackupReport.of(
                    new ReportSubject("", "s", Map.of()),
                    laboratory.backup(tree, SnapshotKind.FULL),
                    List.of(),
                    new RunTimes(1, Map.of()));
            for (Class<?> type = BackupReport.class; type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    field.setAccessible(true);
                    Object value = field.get(report);
                    if (value instanceof List || value instanceof Map) {
                        assertThat(PLAIN_VALUES).as("%s", field).contains(value.getClass());
                    }
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(report);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).usingRecursiveComparison().isEqualTo(report);
            }
        }
    }
}
