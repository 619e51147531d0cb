package dev.logaggregator.subscription;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Timestamps;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.Position;
import dev.logaggregator.store.ReadRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Where a subscription starts, or is moved to. */
sealed interface Start {

  /** Before what is published from now on. */
  record Latest() implements Start {
    @Override
    public Position in(EventStore store) {
      return new Position(store.watermark() - 1, null);
    }
  }

  /** Before the oldest event. */
  record Earliest() implements Start {
    @Override
    public Position in(EventStore store) {
      return new Position(store.firstRetainedOffset() - 1, null);
    }
  }

  /** After an event. */
  record After(Cursor cursor) implements Start {
    @Override
    public Position in(EventStore store) {
      return store.locate(cursor);
    }
  }

  /** Before the first event that was received at that time or later. */
  record At(Instant time) implements Start {
    @Override
    public Position in(EventStore store) throws IOException {
      long[] first = {store.watermark()};
      store.read(
          new ReadRequest(new ReceivedSince(time), Order.ASC, ReadRequest.OLDEST, 1),
          event -> {
            first[0] = event.offset();
            return false;
          });
      return new Position(first[0] - 1, null);
    }
  }

  /** The position in the log, and what is gone before it. */
  Position in(EventStore store) throws IOException;

  /**
   * @param field where the text came from, for the error
   * @param now what durations ago are before
   * @throws InvalidEventException when it is none of the four
   */
  static Start parse(String field, String text, Instant now) {
    return switch (text) {
      case "latest" -> new Latest();
      case "earliest" -> new Earliest();
      default -> {
        // What is digits alone is an offset, as everywhere; with a letter or more, an epoch's.
        if (text.matches("[0-9]+|-1|(?=[0-9]*[a-z])[a-z0-9]+\\.(-1|[0-9]+)")) {
          yield new After(Cursor.parse(field, text));
        }
        yield new At(time(field, text, now));
      }
    };
  }

  private static Instant time(String field, String text, Instant now) {
    Instant time = Timestamps.parse(text);
    if (time != null) {
      return time;
    }
    try {
      return now.minus(Durations.parse(field, text));
    } catch (InvalidEventException | ArithmeticException | DateTimeException neither) {
      throw new InvalidEventException(
          field,
          "must be latest, earliest, a cursor, or a time (RFC 3339, or a duration ago such as"
              + " 15m)");
    }
  }

  /** Events that were received at a time or later. */
  record ReceivedSince(long nanos) implements EventFilter {

    /** The year 2262, up to which nanoseconds since the epoch fit a long. */
    private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000_000L - 1;

    ReceivedSince(Instant time) {
      this(Math.clamp(time.getEpochSecond(), 0, LAST_SECOND) * 1_000_000_000L + time.getNano());
    }

    @Override
    public boolean matches(EventView event) {
      return event.receivedNanos() >= nanos;
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return Verdict.SOME;
    }
  }
}
