package dev.logaggregator.event;

import org.jspecify.annotations.Nullable;

/**
 * A place in a log, between events: after (or, reading backwards, before) the event at an offset.
 * Written {@code <epoch>.<offset>}, or as an offset alone, which means the log that is asked.
 *
 * @param epoch names the log; null where only an offset was given
 * @param offset of the event that was read last; -1 is before the first one
 */
public record Cursor(@Nullable String epoch, long offset) {

  /**
   * @param parameter where the text came from, for the error
   * @throws InvalidEventException when the text is no cursor
   */
  public static Cursor parse(String parameter, String text) {
    int dot = text.lastIndexOf('.');
    String epoch = dot < 0 ? null : text.substring(0, dot);
    String digits = text.substring(dot + 1);
    if ((epoch != null && !epoch.matches("[a-z0-9]{1,32}")) || !digits.matches("-1|[0-9]{1,18}")) {
      throw new InvalidEventException(
          parameter, "must be a cursor such as k3f9x2ab.42, or an offset: " + abbreviated(text));
    }
    return new Cursor(epoch, Long.parseLong(digits));
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  @Override
  public String toString() {
    return epoch == null ? Long.toString(offset) : epoch + "." + offset;
  }
}
