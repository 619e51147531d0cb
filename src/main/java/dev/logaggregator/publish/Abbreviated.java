package dev.logaggregator.publish;

/** What a caller sent, as it is cited in an answer: enough to recognise it. */
final class Abbreviated {

  private static final int MOST = 80;

  private Abbreviated() {}

  static String of(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
