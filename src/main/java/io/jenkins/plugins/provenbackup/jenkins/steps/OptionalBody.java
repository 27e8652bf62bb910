package io.jenkins.plugins.provenbackup.jenkins.steps;

import java.lang.StackWalker.StackFrame;

/**
 * Lets a step be called with a block or without. Pipeline has one question for two things, {@code takesImplicitBlockArgument}: {@code
 * DSL.parseArgs} asks whether a block that follows the arguments is the body, and where none follows {@code DSL.invokeStep} asks whether
 * that is an error; only Pipeline's own {@code stage} is exempt. So the answer here goes by who asks. Should Pipeline ask in another way
 * one day, a call without a block is the error that it is for every other step with a body.
 */
final class OptionalBody {

    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String PIPELINE = "org.jenkinsci.plugins.workflow.cps.DSL";
    private static final String WHERE_NONE_FOLLOWS = "invokeStep";

    private OptionalBody() {}

    /** What a descriptor's {@code takesImplicitBlockArgument}, which alone may call this, answers to its caller. */
    static boolean isTaken() {
        return STACK.walk(frames -> frames.skip(2).findFirst())
                .filter(OptionalBody::isAboutNone)
                .isEmpty();
    }

    private static boolean isAboutNone(StackFrame caller) {
        return caller.getMethodName().equals(WHERE_NONE_FOLLOWS)
                && caller.getClassName().equals(PIPELINE);
    }
}
