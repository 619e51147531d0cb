package dev.logaggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.stream.SentEvents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a stream says of history that retention has taken. */
class StreamGapIT {

  private static long offset(String cursor) {
    return Long.parseLong(cursor.substring(cursor.indexOf('.') + 1));
  }

  @Test
  void whoComesBackTooLateIsToldWhatIsGone() {
    try (RunningAggregator server =
        RunningAggregator.start("aggregator.retention.max-events=100")) {
      Published orders = new Published(server, "gap.late");
      for (int i = 0; i < 1_000; i++) {
        orders.publishNumbered(i, i + 1, "x");
      }
      EventStore store = server.bean(EventStore.class);
      String seen = store.epoch() + ".5";
      try (SentEvents stream = SentEvents.open(server, "/events", "Last-Event-ID", seen)) {
        Block gap = stream.next();
        Block first = stream.next();

        assertThat(gap.field("event")).isEqualTo("gap");
        assertThat(gap.data().path("from").asString()).isEqualTo(seen);
        assertThat(offset(gap.data().path("to").asString()))
            .isEqualTo(store.firstRetainedOffset() - 1);
        assertThat(first.data().path("offset").asLong()).isEqualTo(store.firstRetainedOffset());
      }
      try (SentEvents stream =
          SentEvents.open(
              server, "/events", "Last-Event-ID", store.epoch() + "." + store.watermark())) {
        orders.publish("a", "b");
        assertThat(stream.nextIds(1)).as("nothing is gone here").containsExactly("b");
      }
    }
  }

  /** Reads nothing while retention goes by, then everything. */
  @Test
  void whoIsTooSlowSeesEveryOffsetAsAnEventOrWithinAGap() throws Exception {
    try (RunningAggregator server = RunningAggregator.start("aggregator.retention.max-bytes=2MB");
        RawStream slow = RawStream.open(server, "/events?after=-1")) {
      Published orders = new Published(server, "gap.slow");
      EventStore store = server.bean(EventStore.class);
      for (int i = 0; i < 300; i++) {
        // Each of a random text of its own: what compresses well would all be retained.
        orders.publishNumbered(i * 100, (i + 1) * 100, () -> RawStream.noise(1_000));
      }
      assertThat(store.firstRetainedOffset()).isPositive();

      List<Long> covered = new ArrayList<>();
      int gaps = 0;
      while (covered.isEmpty() || covered.getLast() < store.watermark() - 1) {
        Block block = slow.nextBlock();
        if (block.field("event").equals("gap")) {
          gaps++;
          long from = offset(block.data().path("from").asString());
          long to = offset(block.data().path("to").asString());
          LongStream.rangeClosed(from + 1, to).forEach(covered::add);
        } else {
          covered.add(block.data().path("offset").asLong());
        }
      }
      assertThat(gaps).isPositive();
      assertThat(covered)
          .containsExactlyElementsOf(LongStream.range(0, store.watermark()).boxed().toList());
    }
  }

  @Test
  void aSlowReaderCatchesUp() throws Exception {
    try (RunningAggregator server = RunningAggregator.start();
        RawStream slow = RawStream.open(server, "/events?after=-1");
        SentEvents quick = SentEvents.open(server, "/events?after=-1")) {
      Published orders = new Published(server, "catch.up");
      for (int i = 0; i < 20_000; i += 100) {
        orders.publishNumbered(i, i + 100, "x".repeat(1_000));
      }
      quick.next(20_000);
      await().until(() -> server.bean(EventStore.class).watermark() == 20_000);

      for (int i = 0; i < 20_000; i++) {
        assertThat(slow.nextBlock().data().path("offset").asInt()).isEqualTo(i);
      }
    }
  }
}
