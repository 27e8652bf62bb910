/** That charts show what they are given, and nothing else. */
package io.jenkins.plugins.provenbackup.engine.charts;
