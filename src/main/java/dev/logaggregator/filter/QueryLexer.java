package dev.logaggregator.filter;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes words, texts and signs from {@code q}, one after the other. */
final class QueryLexer {

  private static final String SIGNS = "():<>\"{}";
  private static final String SIGNS_IN_VALUE = "()<>\"{}";

  private final QueryText query;
  private final String text;
  private int at;

  QueryLexer(QueryText query) {
    this.query = query;
    this.text = query.text();
  }

  /** Index of the next character that is not white space. */
  int position() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  boolean atEnd() {
    return position() == text.length();
  }

  /** Whether this sign is next; takes it if so. */
  boolean take(char sign) {
    if (!isNext(sign)) {
      return false;
    }
    at++;
    return true;
  }

  boolean isNext(char sign) {
    return !atEnd() && text.charAt(at) == sign;
  }

  /** Whether a word is next, a keyword perhaps. */
  boolean startsWord() {
    return !atEnd() && SIGNS.indexOf(text.charAt(at)) < 0;
  }

  /** Whether this keyword is next; takes it if so. */
  boolean take(Keyword keyword) {
    int before = at;
    Literal literal = literal(false);
    if (literal != null && literal.isKeyword(keyword)) {
      return true;
    }
    at = before;
    return false;
  }

  boolean isNext(Keyword keyword) {
    int before = at;
    boolean next = take(keyword);
    at = before;
    return next;
  }

  /** The comparison that is next; null if there is none. */
  @Nullable Comparison comparison() {
    if (take(':')) {
      return Comparison.EQUAL;
    }
    if (take('<')) {
      return takeAdjacent('=') ? Comparison.LESS_OR_EQUAL : Comparison.LESS;
    }
    if (take('>')) {
      return takeAdjacent('=') ? Comparison.GREATER_OR_EQUAL : Comparison.GREATER;
    }
    return null;
  }

  private boolean takeAdjacent(char sign) {
    boolean next = at < text.length() && text.charAt(at) == sign;
    at += next ? 1 : 0;
    return next;
  }

  /**
   * The word or quoted text that is next, keywords included; null if there is none.
   *
   * @param inValue whether it is compared with: a colon within a word is then one of its characters
   */
  @Nullable Literal literal(boolean inValue) {
    int start = position();
    if (take('"')) {
      return quoted(start);
    }
    if (isNext(':')) {
      return null;
    }
    String signs = inValue ? SIGNS_IN_VALUE : SIGNS;
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    while (at < text.length() && !isSpace(text.charAt(at)) && signs.indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
      if (c == '\\') {
        escape(piece);
      } else if (c == '*') {
        pieces.add(piece.toString());
        piece.setLength(0);
        while (takeAdjacent('*')) {
          // Several wildcards in a row are one.
        }
      } else {
        piece.append(c);
        at++;
      }
    }
    if (at == start) {
      return null;
    }
    pieces.add(piece.toString());
    boolean bareWord = pieces.size() == 1 && piece.length() == at - start;
    return checked(new Literal(query, start, List.copyOf(pieces), bareWord));
  }

  private Literal quoted(int start) {
    StringBuilder content = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        escape(content);
      } else {
        content.append(text.charAt(at++));
      }
    }
    if (!takeAdjacent('"')) {
      throw query.expected(
          "'\"' after the text that starts at position " + query.position(start), at);
    }
    return checked(new Literal(query, start, List.of(content.toString()), false));
  }

  private Literal checked(Literal literal) {
    if (!literal.pieces().stream().allMatch(Utf8::isWellFormed)) {
      throw query.fault("half of a surrogate pair is no character", literal.at());
    }
    return literal;
  }

  private void escape(StringBuilder target) {
    int backslash = at++;
    char c = at < text.length() ? text.charAt(at) : 'x';
    at++;
    switch (c) {
      case 't' -> target.append('\t');
      case 'n' -> target.append('\n');
      case 'r' -> target.append('\r');
      case 'u' -> target.append(unit(backslash));
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw unknownEscape(backslash);
        }
        target.append(c);
      }
    }
  }

  private char unit(int backslash) {
    int unit = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw unknownEscape(backslash);
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private InvalidEventException unknownEscape(int backslash) {
    return query.expected(
        "one of \\\\ \\\" \\* \\: \\( \\) \\< \\> \\{ \\} \\t \\n \\r \\uXXXX", backslash);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00A0' || c == '\u3000';
  }
}
