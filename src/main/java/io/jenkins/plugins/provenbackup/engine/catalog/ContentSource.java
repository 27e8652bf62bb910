package io.jenkins.plugins.provenbackup.engine.catalog;

/** Knows the content segments that its entries name. */
public interface ContentSource {

    /** The extents of an entry of this catalog; content segments are fetched only as they are reached. */
    ExtentStream extents(Entry entry);
}
