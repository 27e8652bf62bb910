package io.jenkins.plugins.provenbackup.engine.policy.runbook;

/**
 * What the commands are run with.
 *
 * @param jar file name of the command line
 * @param version that wrote the text
 */
public record Tool(String jar, String version) {

    /** A command line of the tool. */
    String command(String arguments) {
        return "java -jar " + jar + " " + arguments;
    }

    /** A word that the shell takes as it is. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
