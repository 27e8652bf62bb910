package io.jenkins.plugins.provenbackup.jenkins.home;

/** The environment of processes that a boot test starts: no variable of the controller's, which may hold tokens and addresses. */
final class BootEnvironment {

    private BootEnvironment() {}

    /** The same process, of which only the locale is set: without one, names that are not ASCII could not be read. */
    static ProcessBuilder empty(ProcessBuilder process) {
        process.environment().clear();
        process.environment().put("LC_ALL", "C.UTF-8");
        process.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return process;
    }
}
