/**
 * Runs the engine where the data is: on an agent over Remoting, straight to the destinations, or on the controller. The controller
 * decides what may be done, sends an order with the keys of that one source, hears progress, and keeps the result. Start with {@link
 * io.jenkins.plugins.provenbackup.jenkins.execution.BackupTask}; what is sent extends {@link
 * io.jenkins.plugins.provenbackup.jenkins.execution.EngineCall}.
 */
package io.jenkins.plugins.provenbackup.jenkins.execution;
