package io.jenkins.plugins.provenbackup.engine.catalog;

/** The first byte of a segment. */
final class SegmentKind {

    static final int ENTRIES = 1;
    static final int CONTENT = 2;
    static final int LIST = 3;

    private SegmentKind() {}

    static void expect(int kind, FieldReader in) throws MalformedException {
        int found = in.u8("the kind of segment");
        if (found != kind) {
            throw in.malformed("it is a segment of kind " + found + ", not " + kind);
        }
    }
}
