/**
 * What can be done: {@code Backup}, {@code Restore}, {@code Verify}, {@code Forget} and the others, each with a request record in
 * and a result record out. It uses the parts of the engine below it and knows neither Jenkins nor the command line. Start
 * with {@link io.jenkins.plugins.provenbackup.engine.Backup}.
 */
package io.jenkins.plugins.provenbackup.engine;
