package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A command of the user's that looks at a restored tree, from inside it.
 *
 * @param command for {@code sh -c}
 */
record CommandCheck(String command) implements RecoveryCheck {

    @Override
    public String name() {
        return command;
    }

    /** Standard output is for the result alone, so what the command writes goes to standard error. */
    @Override
    public Optional<String> run(Path tree) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec 1>&2 </dev/null\n" + command);
        builder.environment().remove(Secrets.PASSWORD);
        builder.environment().remove(Secrets.NEW_PASSWORD);
        Process process = builder.directory(tree.toFile()).inheritIO().start();
        try {
            int status = process.waitFor();
            return status == 0 ? Optional.empty() : Optional.of("ended with status " + status);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
