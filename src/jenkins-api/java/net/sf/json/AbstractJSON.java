package net.sf.json;

@SuppressWarnings("serial")
abstract class AbstractJSON implements JSON {}
