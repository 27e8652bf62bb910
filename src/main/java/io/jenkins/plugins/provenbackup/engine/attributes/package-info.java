/**
 * Extended attributes of local files, in every name space that the system shows: ACLs and capabilities as well as those of users.
 * It uses the catalog's names and, on Linux, the C library through JNA, since Java itself sees only {@code user.}. Start with
 * {@link io.jenkins.plugins.provenbackup.engine.attributes.ExtendedAttributes}.
 */
package io.jenkins.plugins.provenbackup.engine.attributes;
