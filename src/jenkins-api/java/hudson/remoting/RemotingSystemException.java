package hudson.remoting;

@SuppressWarnings("serial")
class RemotingSystemException extends RuntimeException {}
