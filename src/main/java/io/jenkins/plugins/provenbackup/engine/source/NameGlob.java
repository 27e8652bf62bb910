package io.jenkins.plugins.provenbackup.engine.source;

import java.util.Arrays;
import java.util.List;

/**
 * A pattern for one component of a path: literal bytes, sets of bytes and stars. Matching never backtracks further than to
 * the last star, so its time is bounded by the product of both lengths. Immutable.
 */
final class NameGlob {

    /** What a pattern consists of; a star matches any run of bytes, anything else exactly one. */
    record Token(Kind kind, byte literal, ByteSet set) {

        enum Kind {
            LITERAL,
            SET,
            STAR
        }

        static final Token STAR = new Token(Kind.STAR, (byte) 0, new ByteSet());

        static Token literal(byte value) {
            return new Token(Kind.LITERAL, value, new ByteSet());
        }

        static Token set(ByteSet values) {
            return new Token(Kind.SET, (byte) 0, values);
        }

        boolean matches(byte value) {
            return kind == Kind.LITERAL ? literal == value : set.has(value);
        }
    }

    private enum Shape {
        /** No star and no set. */
        EXACT,
        /** A star, then literals: by far the most common. */
        SUFFIX,
        GENERAL
    }

    private final Token[] tokens;
    private final Shape shape;
    private final byte[] literals;

    NameGlob(List<Token> tokens) {
        this.tokens = tokens.toArray(Token[]::new);
        boolean star = !tokens.isEmpty() && tokens.get(0).kind() == Token.Kind.STAR;
        List<Token> rest = star ? tokens.subList(1, tokens.size()) : tokens;
        boolean literal = rest.stream().allMatch(token -> token.kind() == Token.Kind.LITERAL);
        this.literals = new byte[literal ? rest.size() : 0];
        for (int i = 0; i < literals.length; i++) {
            literals[i] = rest.get(i).literal();
        }
        Shape simple = star ? Shape.SUFFIX : Shape.EXACT;
        this.shape = literal ? simple : Shape.GENERAL;
    }

    /** Whether it is two stars or more and nothing else. */
    boolean isDoubleStar() {
        return tokens.length > 1 && Arrays.stream(tokens).allMatch(token -> token.kind() == Token.Kind.STAR);
    }

    boolean matches(byte[] text, int from, int to) {
        int length = to - from;
        return switch (shape) {
            case EXACT -> length == literals.length && Arrays.equals(text, from, to, literals, 0, length);
            case SUFFIX ->
                length >= literals.length
                        && Arrays.equals(text, to - literals.length, to, literals, 0, literals.length);
            case GENERAL -> matchesTokens(text, from, to);
        };
    }

    private boolean matchesTokens(byte[] text, int from, int to) {
        int at = from;
        int token = 0;
        int star = -1;
        int starAt = from;
        while (at < to) {
            if (token < tokens.length && tokens[token].kind() == Token.Kind.STAR) {
                star = token++;
                starAt = at;
            } else if (token < tokens.length && tokens[token].matches(text[at])) {
                token++;
                at++;
            } else if (star >= 0) {
                token = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token].kind() == Token.Kind.STAR) {
            token++;
        }
        return token == tokens.length;
    }
}
