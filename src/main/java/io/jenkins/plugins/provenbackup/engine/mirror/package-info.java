/**
 * A plain, browsable copy of a directory at a destination, and what keeps it exact and safe. It uses the parts of the engine
 * and no other operation. Start with {@link io.jenkins.plugins.provenbackup.engine.mirror.Mirror}.
 */
package io.jenkins.plugins.provenbackup.engine.mirror;
