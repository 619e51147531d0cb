package dev.logaggregator.filter;

import dev.logaggregator.event.InvalidEventException;
import java.util.List;

/**
 * A word or a quoted text in {@code q}.
 *
 * @param query where it stands
 * @param at index of its first character
 * @param pieces the text between its wildcards: one if there are none
 * @param bareWord whether it is written without quotes, escapes and wildcards, as keywords are
 */
record Literal(QueryText query, int at, List<String> pieces, boolean bareWord) {

  boolean hasWildcard() {
    return pieces.size() > 1;
  }

  /** Whether it is nothing but a wildcard. */
  boolean isAnything() {
    return hasWildcard() && pieces.stream().allMatch(String::isEmpty);
  }

  /** The text, of a literal without wildcards. */
  String text() {
    return pieces.getFirst();
  }

  boolean isKeyword(Keyword keyword) {
    return bareWord && text().equalsIgnoreCase(keyword.name());
  }

  /** The error that something else should stand here. */
  InvalidEventException expected(String what) {
    return query.expected(what, at);
  }
}
