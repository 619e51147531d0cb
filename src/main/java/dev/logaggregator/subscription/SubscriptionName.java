package dev.logaggregator.subscription;

import dev.logaggregator.event.InvalidEventException;
import java.util.regex.Pattern;

/** What subscriptions may be called. */
final class SubscriptionName {

  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}");

  private SubscriptionName() {}

  /**
   * @throws InvalidEventException when that is no name
   */
  static String require(String name) {
    if (!SYNTAX.matcher(name).matches()) {
      throw new InvalidEventException(
          "name", "must be 1 to 128 characters of A-Z a-z 0-9 _ . -, and not begin with a dot");
    }
    return name;
  }
}
