package dev.logaggregator.subscription.push;

import dev.logaggregator.event.EventView;
import java.util.regex.Pattern;

/**
 * Through how many pushes an event has come. A push says it in a header; who publishes in answer to
 * one passes the header on, and publishing keeps it with the event as an attribute. So an event
 * that is pushed to where it comes from goes round a bounded number of times.
 */
final class Hops {

  /** As publishing writes it. */
  private static final String ATTRIBUTE = "_hops";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  private Hops() {}

  static int of(EventView event) {
    String hops = event.attributes().get(ATTRIBUTE);
    return hops != null && NUMBER.matcher(hops).matches() ? Integer.parseInt(hops) : 0;
  }
}
