package dev.logaggregator.intake;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.store.DeduplicationSettings;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.ReadRequest;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A log that is read as a whole. */
public final class Log {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T07:00:00Z"));

  private Log() {}

  public static EventStore open(int maxTopics) {
    return new EventStore(
        new NoJournal(),
        RetentionSettings.DEFAULT,
        DeduplicationSettings.DEFAULT,
        new TopicSettings(maxTopics),
        CLOCK);
  }

  public static Intake intake(EventStore store, IntakeSettings settings) {
    return intake(store, settings, new MemoryAccount(1L << 30));
  }

  public static Intake intake(EventStore store, IntakeSettings settings, MemoryAccount memory) {
    return new Intake(store, CLOCK, settings, memory);
  }

  /** The events of a topic, oldest first. */
  public static List<Event> events(EventStore store, String topic) {
    List<Event> events = new ArrayList<>();
    try {
      store.read(
          new ReadRequest(new OfTopic(topic), Order.ASC, ReadRequest.OLDEST, Long.MAX_VALUE),
          event -> events.add(event.toEvent()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  public static List<String> payloads(EventStore store, String topic) {
    return events(store, topic).stream().map(Event::payload).toList();
  }

  private record OfTopic(String topic) implements EventFilter {
    @Override
    public boolean matches(EventView event) {
      return event.topic().name().equals(topic);
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return Verdict.SOME;
    }
  }
}
