package hudson.scheduler;

@SuppressWarnings("serial")
public class RareOrImpossibleDateException extends RuntimeException {}
