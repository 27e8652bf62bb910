/**
 * What can be done, an operation to a package ({@code backup}, {@code restore}, {@code verify} and the others), each with a
 * request record in and a result record out; this package holds what they share, above all the opening of destinations. It
 * knows neither Jenkins nor the command line. Start with {@link io.jenkins.plugins.provenbackup.engine.OpenDestinations},
 * then read the operation that you came for.
 */
package io.jenkins.plugins.provenbackup.engine;
