package dev.logaggregator.event;

import org.jspecify.annotations.Nullable;

/**
 * Names topics: a name, or a pattern in which {@code *} is anything within one segment and {@code
 * **} anything at all. {@code orders.**} takes {@code orders} too. A system topic is matched only
 * by a pattern that itself starts with {@code _}.
 */
public final class TopicPattern {

  private static final String ANY_SEGMENTS = ".**";

  private final String text;
  private final boolean exact;

  /** What every name that matches starts and ends with, which rules most names out at once. */
  private final String start;

  private final String end;

  private TopicPattern(String text) {
    this.text = text;
    int wildcard = text.indexOf('*');
    this.exact = wildcard < 0;
    boolean takesParent = wildcard == text.length() - 2 && text.endsWith(ANY_SEGMENTS);
    this.start = exact ? text : text.substring(0, takesParent ? wildcard - 1 : wildcard);
    this.end = text.substring(text.lastIndexOf('*') + 1);
  }

  /**
   * @throws InvalidEventException when it is neither a name nor a pattern
   */
  public static TopicPattern parse(String text) {
    if (text.isBlank()) {
      throw new InvalidEventException("topic", "must not be blank");
    }
    if (text.length() > Topic.MAX_LENGTH) {
      throw new InvalidEventException(
          "topic", "must have at most " + Topic.MAX_LENGTH + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && c != '*' && !Topic.isSegmentCharacter(c)) {
        throw new InvalidEventException(
            "topic", "must be a name or a pattern of A-Z a-z 0-9 _ - . with * and **: " + text);
      }
    }
    return new TopicPattern(text.indexOf('*') < 0 ? new Topic(text).name() : text);
  }

  /** Whether that topic is meant. */
  public boolean matches(Topic topic) {
    if (topic.isSystem() && text.charAt(0) != '_') {
      return false;
    }
    String name = topic.name();
    if (exact) {
      return name.equals(text);
    }
    if (!name.startsWith(start) || !name.endsWith(end)) {
      return false;
    }
    return matches(text, name)
        || (text.endsWith(ANY_SEGMENTS)
            && matches(text.substring(0, text.length() - ANY_SEGMENTS.length()), name));
  }

  /**
   * Glob matching that takes time in proportion to pattern times name whatever the pattern: after
   * each of the pattern's tokens, {@code reached[i]} says whether the first i characters match.
   */
  private static boolean matches(String pattern, String name) {
    boolean[] reached = new boolean[name.length() + 1];
    reached[0] = true;
    for (int p = 0; p < pattern.length(); p++) {
      char c = pattern.charAt(p);
      if (c != '*') {
        for (int i = name.length(); i > 0; i--) {
          reached[i] = reached[i - 1] && name.charAt(i - 1) == c;
        }
        reached[0] = false;
        continue;
      }
      boolean crossesSegments = p + 1 < pattern.length() && pattern.charAt(p + 1) == '*';
      if (crossesSegments) {
        p++;
      }
      for (int i = 1; i <= name.length(); i++) {
        reached[i] |= reached[i - 1] && (crossesSegments || name.charAt(i - 1) != '.');
      }
    }
    return reached[name.length()];
  }

  /** The one topic name that this matches, or null when it is a pattern. */
  public @Nullable String exactName() {
    return exact ? text : null;
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
