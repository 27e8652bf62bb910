/**
 * Local files by the calls of the C library, through JNA: extended attributes in every name space that the system shows, since Java
 * sees only {@code user.}, and looking, reading and writing without what Java spends on each file. It uses the catalog's names.
 * Start with {@link io.jenkins.plugins.provenbackup.engine.attributes.ExtendedAttributes} and
 * {@link io.jenkins.plugins.provenbackup.engine.attributes.NativeFiles}.
 */
package io.jenkins.plugins.provenbackup.engine.attributes;
