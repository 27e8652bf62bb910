/**
 * Charts as SVG inside HTML, drawn here: no script, no inline style, colours from Jenkins' CSS variables through the classes of
 * {@code charts.css}, a title and a description for screen readers and a table of the numbers behind each. Pages of Jenkins,
 * runbooks and reports share them; so this package uses nothing of the project. Start with
 * {@link io.jenkins.plugins.provenbackup.engine.charts.Chart}.
 */
package io.jenkins.plugins.provenbackup.engine.charts;
