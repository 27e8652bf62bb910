package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.provenbackup.engine.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * Deletes the restored trees of recovery tests. Those on an agent that is away are remembered, and deleted when it is back, since they
 * hold what the backup's encryption was meant to hide. Thread-safe.
 */
@Extension
public final class ScratchTrees extends ComputerListener {

    /** How the names of scratch directories begin; the id of the run follows. */
    static final String PREFIX = "recovery-test-";

    private static final String LINK = "|";

    /** Where a tree is. Holds no channel, so it is kept with the build. */
    public static final class Room implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        private final String node;
        private final String directory;

        Room(String node, String directory) {
            this.node = node;
            this.directory = directory;
        }

        /** Name of the agent; empty for the controller. */
        public String node() {
            return node;
        }

        /** The scratch directory, absolute there. */
        public String directory() {
            return directory;
        }

        /**
         * The connection to it.
         *
         * @throws IOException when the agent is away
         */
        public VirtualChannel channel() throws IOException {
            VirtualChannel channel = channelOf(node);
            if (channel == null) {
                throw new IOException("The agent '" + node + "' is not connected.");
            }
            return channel;
        }
    }

    /**
     * Deletes a tree, now or when its agent is back.
     *
     * @return why it is still there; empty when it is not
     */
    public static String delete(Room room) {
        VirtualChannel channel = channelOf(room.node());
        String problem = "the agent '" + room.node() + "' is not connected";
        if (channel != null) {
            try {
                return channel.call(new ScratchRemoval(room.directory()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                problem = "interrupted";
            } catch (IOException | RuntimeException e) {
                problem = Reason.of(e);
            }
        }
        try {
            ExtensionList.lookupSingleton(ScratchTrees.class).remember(room);
            return "The restored tree " + room.directory() + " could not be deleted (" + problem
                    + "). It is deleted when the agent is back.";
        } catch (IOException e) {
            return "The restored tree " + room.directory() + " could not be deleted (" + problem
                    + "). It holds restored data: delete it yourself.";
        }
    }

    /**
     * A room on the controller, where no build looks.
     *
     * @param name of the directory
     */
    static Room onController(String name) {
        return new Room("", folder().resolve(name).toString());
    }

    private static Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("proven-backup").resolve("scratch");
    }

    /** Deletes on the controller what tests of a run left that was cut off. */
    public static void deleteOf(String runId) throws IOException {
        if (Files.isDirectory(folder())) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder(), PREFIX + runId + "*")) {
                for (Path one : left) {
                    delete(new Room("", one.toString()));
                }
            }
        }
    }

    /** Deletes nothing there any more, since it is used again. */
    public static void forget(Room room) throws IOException {
        ExtensionList.lookupSingleton(ScratchTrees.class).remove(room);
    }

    private synchronized void remove(Room room) throws IOException {
        List<String> all = read();
        if (all.remove(room.node() + LINK + room.directory())) {
            file().write(new ArrayList<>(all));
        }
    }

    @Override
    public void onOnline(Computer computer, TaskListener listener) throws IOException, InterruptedException {
        for (String directory : take(computer.getName())) {
            Room room = new Room(computer.getName(), directory);
            String leftover = delete(room);
            listener.getLogger()
                    .println(
                            leftover.isEmpty()
                                    ? "Deleted the restored tree of a recovery test: " + directory
                                    : leftover);
        }
    }

    private static VirtualChannel channelOf(String node) {
        if (node.isEmpty()) {
            return FilePath.localChannel;
        }
        Computer computer = Jenkins.get().getComputer(node);
        return computer == null ? null : computer.getChannel();
    }

    private synchronized void remember(Room room) throws IOException {
        List<String> all = read();
        all.add(room.node() + LINK + room.directory());
        file().write(new ArrayList<>(all));
    }

    private synchronized List<String> take(String node) throws IOException {
        List<String> all = read();
        List<String> taken = new ArrayList<>();
        for (String one : all) {
            if (one.startsWith(node + LINK)) {
                taken.add(one.substring(node.length() + LINK.length()));
            }
        }
        if (!taken.isEmpty()) {
            all.removeIf(one -> one.startsWith(node + LINK));
            file().write(new ArrayList<>(all));
        }
        return taken;
    }

    private static List<String> read() throws IOException {
        XmlFile file = file();
        List<String> all = new ArrayList<>();
        if (file.exists()) {
            ((List<?>) file.read()).forEach(one -> all.add((String) one));
        }
        return all;
    }

    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), ScratchTrees.class.getName() + ".xml"));
    }
}
