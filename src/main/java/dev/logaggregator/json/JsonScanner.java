package dev.logaggregator.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks JSON (RFC 8259, strictly, in UTF-8) where it lies and says where its parts begin and end,
 * without making an object of any of them: the log keeps a payload's bytes as they were written, so
 * nothing but their positions is needed. Not for more than one thread.
 */
public final class JsonScanner {

  /** Is told of each member of the object that is scanned. */
  @FunctionalInterface
  public interface MemberVisitor {
    /** Positions include the quotes of the key, and those of the value if it is a string. */
    void member(int keyStart, int keyEnd, int valueStart, int valueEnd);
  }

  /** Is told of each element of the array that is scanned. */
  @FunctionalInterface
  public interface ElementVisitor {
    void element(int start, int end);
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final int maxDepth;
  private byte[] bytes = {};
  private int from;
  private int at;
  private int end;
  private int spaces;
  private int escapes;
  private boolean valueSpaced;
  private boolean valueEscaped;
  private int deepest;
  private int valueDepth;

  /**
   * @param maxDepth how deep objects and arrays may nest; a scalar has depth 0
   */
  public JsonScanner(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /**
   * Checks that the bytes are one JSON value, with white space around it at most.
   *
   * @throws MalformedJsonException when they are not, saying where and what was expected
   */
  public void scanValue(byte[] json, int start, int limit) {
    begin(json, start, limit);
    value(0);
    finish();
    valueSpaced = spaces > 0;
    valueEscaped = escapes > 0;
  }

  /**
   * As {@link #scanValue}, for an object: the visitor is told of each member as soon as it was
   * checked, in order, before the rest was looked at.
   */
  public void scanObject(byte[] json, int start, int limit, MemberVisitor visitor) {
    begin(json, start, limit);
    object(visitor, deeper(0));
    finish();
    valueSpaced = spaces > 0;
    valueEscaped = escapes > 0;
  }

  /**
   * As {@link #scanObject}, for an object that is only the wrapping of what matters, so that it
   * doesn't count towards the depth, and that other things may follow.
   *
   * @return the position after the object
   */
  public int scanEnvelope(byte[] json, int start, int limit, MemberVisitor visitor) {
    begin(json, start, limit);
    object(visitor, 0);
    return at;
  }

  private void object(MemberVisitor visitor, int depth) {
    if (peek() != '{') {
      throw expected("an object");
    }
    at++;
    space();
    if (peek() == '}') {
      at++;
    } else {
      members(visitor, depth);
    }
  }

  private void members(MemberVisitor visitor, int depth) {
    while (true) {
      space();
      int keyStart = at;
      key();
      int keyEnd = at;
      colon();
      int valueStart = at;
      int spacesBefore = spaces;
      int escapesBefore = escapes;
      deepest = depth;
      value(depth);
      valueDepth = deepest - depth;
      valueSpaced = spaces > spacesBefore;
      valueEscaped = escapes > escapesBefore;
      visitor.member(keyStart, keyEnd, valueStart, at);
      space();
      int c = peek();
      if (c == '}') {
        at++;
        return;
      }
      if (c != ',') {
        throw expected("',' or '}'");
      }
      at++;
    }
  }

  /** As {@link #scanValue}, for an array: the visitor is told of each element once checked. */
  public void scanArray(byte[] json, int start, int limit, ElementVisitor visitor) {
    begin(json, start, limit);
    if (peek() != '[') {
      throw expected("an array");
    }
    at++;
    space();
    if (peek() == ']') {
      at++;
    } else {
      elements(visitor);
    }
    finish();
  }

  private void elements(ElementVisitor visitor) {
    while (true) {
      space();
      int elementStart = at;
      value(1);
      visitor.element(elementStart, at);
      space();
      int c = peek();
      if (c == ']') {
        at++;
        return;
      }
      if (c != ',') {
        throw expected("',' or ']'");
      }
      at++;
    }
  }

  /** How deep the value nests that a visitor of members is being told of; 0 for a scalar. */
  public int valueDepth() {
    return valueDepth;
  }

  /**
   * Checks one JSON value, which other things may follow.
   *
   * @return the position after it
   */
  public int skipValue(byte[] json, int start, int limit) {
    begin(json, start, limit);
    value(0);
    return at;
  }

  /**
   * Whether the value that was scanned last, or that a visitor is being told of, has white space
   * between its tokens.
   */
  public boolean valueIsSpaced() {
    return valueSpaced;
  }

  /**
   * Whether the value that was scanned last, or that a visitor is being told of, has a backslash in
   * one of its strings.
   */
  public boolean valueIsEscaped() {
    return valueEscaped;
  }

  private void begin(byte[] json, int start, int limit) {
    bytes = json;
    from = start;
    at = start;
    end = limit;
    space();
    spaces = 0;
    escapes = 0;
  }

  private void finish() {
    int counted = spaces;
    space();
    spaces = counted;
    if (at < end) {
      throw expected("the end");
    }
  }

  private int peek() {
    return at < end ? bytes[at] : -1;
  }

  private void space() {
    while (at < end) {
      byte b = bytes[at];
      if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
        return;
      }
      at++;
      spaces++;
    }
  }

  private void value(int depth) {
    int c = peek();
    switch (c) {
      case '"' -> string();
      case '{' -> object(deeper(depth));
      case '[' -> array(deeper(depth));
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    }
  }

  private int deeper(int depth) {
    if (depth >= maxDepth) {
      throw fault("nested deeper than " + maxDepth + " levels");
    }
    deepest = Math.max(deepest, depth + 1);
    return depth + 1;
  }

  private void object(int depth) {
    at++;
    space();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      space();
      key();
      colon();
      value(depth);
      space();
      int c = peek();
      if (c == '}') {
        at++;
        return;
      }
      if (c != ',') {
        throw expected("',' or '}'");
      }
      at++;
    }
  }

  private void array(int depth) {
    at++;
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      space();
      value(depth);
      space();
      int c = peek();
      if (c == ']') {
        at++;
        return;
      }
      if (c != ',') {
        throw expected("',' or ']'");
      }
      at++;
    }
  }

  private void key() {
    if (peek() != '"') {
      throw expected("a member name in quotes");
    }
    string();
  }

  private void colon() {
    space();
    if (peek() != ':') {
      throw expected("':'");
    }
    at++;
    space();
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw expected("'" + word + "'");
      }
    }
  }

  private void number() {
    int after = Decimal.end(bytes, at, end);
    if (after < 0) {
      at = ~after;
      throw expected("a digit");
    }
    at = after;
  }

  private void string() {
    at++;
    while (true) {
      skipPlain();
      int c = peek();
      if (c == '"') {
        at++;
        return;
      }
      if (c == '\\') {
        escape();
      } else if (at == end) {
        throw expected("'\"'");
      } else if (c < 0) {
        multibyte();
      } else if (c < 0x20) {
        throw fault("a control character in a string must be escaped");
      } else {
        at++;
      }
    }
  }

  /** Eight at a time over characters that mean nothing to JSON: printable ASCII but " and \. */
  private void skipPlain() {
    while (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at);
      long quote = (word ^ ONES * '"') - ONES;
      long backslash = (word ^ ONES * '\\') - ONES;
      long control = word - ONES * 0x20;
      long special = (word | quote | backslash | control) & HIGHS;
      if (special != 0) {
        // A borrow can only spoil bytes above the first true one, so that the lowest is right.
        at += Long.numberOfTrailingZeros(special) >>> 3;
        return;
      }
      at += 8;
    }
  }

  private void escape() {
    escapes++;
    at++;
    switch (peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
      case 'u' -> {
        at++;
        for (int i = 0; i < 4; i++, at++) {
          if (Character.digit(peek(), 16) < 0) {
            throw expected("four hexadecimal digits after \\u");
          }
        }
      }
      default -> throw expected("one of \" \\ / b f n r t u after \\");
    }
  }

  private void multibyte() {
    int length = Utf8.sequenceLength(bytes, at, end);
    if (length == 0) {
      throw fault("invalid UTF-8");
    }
    at += length;
  }

  private MalformedJsonException expected(String what) {
    String found = at < end ? describe(bytes[at]) : "the end";
    return fault("expected " + what + ", found " + found);
  }

  private static String describe(byte b) {
    return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : "byte 0x%02x".formatted(b & 0xFF);
  }

  private MalformedJsonException fault(String what) {
    return new MalformedJsonException("malformed JSON at byte " + (at - from + 1) + ": " + what);
  }
}
