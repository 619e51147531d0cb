package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.DeduplicationSettings;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.TopicSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A search whose time is over while it looks at the events. */
class EventSearchTest {

  private static final int EVENTS = 100;

  private final AtomicLong now = new AtomicLong();
  private final List<Long> found = new ArrayList<>();
  private final EventStore store =
      new EventStore(
          new NoJournal(),
          RetentionSettings.DEFAULT,
          DeduplicationSettings.DEFAULT,
          TopicSettings.DEFAULT,
          InstantSource.system());

  @AfterEach
  void close() {
    store.close();
  }

  private void publish() {
    for (int i = 0; i < EVENTS; i++) {
      EventBatch.Builder batch = new EventBatch.Builder(InstantSource.system().instant());
      EventDraft draft = new EventDraft();
      draft.topic = new Topic("a");
      draft.payload.set(new byte[] {'1'});
      batch.add(draft, 1);
      store.publish(batch.build());
    }
  }

  /** Takes every event; with each, a nanosecond passes. */
  private final class Slow implements EventFilter {

    @Override
    public boolean matches(EventView event) {
      now.incrementAndGet();
      return true;
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return Verdict.SOME;
    }
  }

  private final class Found implements EventOutput {

    @Override
    public boolean accept(EventView event) {
      found.add(event.offset());
      return true;
    }

    @Override
    public boolean hasEvents() {
      return !found.isEmpty();
    }

    @Override
    public boolean wantsMore() {
      return true;
    }
  }

  private EventSearch search(Order order, @Nullable Long from, Duration timeout)
      throws IOException {
    Cursor cursor = from == null ? null : new Cursor(store.epoch(), from);
    EventSearch search =
        new EventSearch(
            store,
            new SearchRequest(
                new Slow(),
                order,
                order == Order.ASC ? cursor : null,
                order == Order.DESC ? cursor : null,
                Duration.ZERO,
                "client"),
            new Deadline(timeout, now::get));
    search.run(new Found(), () -> false, () -> false);
    return search;
  }

  @ParameterizedTest
  @EnumSource
  void saysThatItIsIncompleteAndGoesOnFromWhereItWas(Order order) throws IOException {
    publish();

    EventSearch search = search(order, null, Duration.ofNanos(1));

    assertThat(search.isIncomplete()).isTrue();
    search(order, search.reached(), Duration.ofDays(1));
    assertThat(found).hasSize(EVENTS).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void isCompleteWhenTheTimeSuffices(Order order) throws IOException {
    publish();

    assertThat(search(order, null, Duration.ofDays(1)).isIncomplete()).isFalse();
    assertThat(found).hasSize(EVENTS);
  }

  @Test
  void isCompleteWhenThereIsNothing() throws IOException {
    assertThat(search(Order.DESC, null, Duration.ofNanos(1)).isIncomplete()).isFalse();
  }
}
