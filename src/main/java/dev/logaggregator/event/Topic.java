package dev.logaggregator.event;

import java.nio.charset.StandardCharsets;

/**
 * The name of a topic: dot-separated segments of {@code A-Z a-z 0-9 _ -}, at most {@value
 * #MAX_LENGTH} characters, case-sensitive.
 */
public record Topic(String name) implements Comparable<Topic> {

  /** Longest name, in characters (and, all being ASCII, bytes). */
  public static final int MAX_LENGTH = 255;

  /** Where the raw text of rejected events is kept. */
  public static final Topic REJECTED = new Topic("_rejected");

  public Topic {
    String fault = fault(name);
    if (fault != null) {
      throw new InvalidEventException("topic", fault);
    }
  }

  /** Whether a topic may have that name. */
  public static boolean isName(String text) {
    return fault(text) == null;
  }

  /** Whether the topic is the system's: read on request only, outside of all totals. */
  public boolean isSystem() {
    return name.charAt(0) == '_';
  }

  /**
   * The topic that a publisher names.
   *
   * @throws InvalidEventException when the name is malformed or the system's
   */
  public static Topic publishable(String name) {
    Topic topic = new Topic(name);
    if (topic.isSystem()) {
      throw new InvalidEventException(
          "topic", "must not start with '_': such topics are the system's");
    }
    return topic;
  }

  /** The name's bytes. */
  public byte[] bytes() {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int compareTo(Topic other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }

  private static @org.jspecify.annotations.Nullable String fault(String name) {
    if (name.isBlank()) {
      return "must not be blank";
    }
    if (name.length() > MAX_LENGTH) {
      return "must have at most " + MAX_LENGTH + " characters";
    }
    char previous = '.';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.' ? previous == '.' : !isSegmentCharacter(c)) {
        return c == '.'
            ? "must not have empty segments"
            : "must consist of dot-separated segments of A-Z a-z 0-9 _ -";
      }
      previous = c;
    }
    return previous == '.' ? "must not have empty segments" : null;
  }

  static boolean isSegmentCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }
}
