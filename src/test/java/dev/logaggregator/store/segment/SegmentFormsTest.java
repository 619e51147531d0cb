package dev.logaggregator.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.store.Events;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A segment holds the same events in each of its forms, and is searched with the same result. */
@Timeout(60)
class SegmentFormsTest {

  private static final int EVENTS = 5_000;
  private static final long BASE = 1_000;

  private final Sealer sealer = new Sealer();
  private final Columnizer columnizer = new Columnizer();
  private final Map<Topic, DroppingTopic> topics = new HashMap<>();
  private final RawSegment raw = segment();

  private static final class DroppingTopic extends SegmentTopic {

    private long floor;

    DroppingTopic(Topic topic) {
      super(topic);
    }

    @Override
    public long floor() {
      return floor;
    }

    @Override
    public int sizeBytes() {
      return topic().name().length();
    }
  }

  @AfterEach
  void close() {
    sealer.close();
    columnizer.close();
  }

  private RawSegment segment() {
    EventBatch.Builder builder = new EventBatch.Builder(Events.NOW);
    for (int i = 0; i < EVENTS; i++) {
      String payload =
          i % 50 == 0
              ? "[" + i + ",\"odd\"]"
              : "{\"order\":%d,\"status\":%d,\"msg\":\"order %d came\"}"
                  .formatted(i, i % 7, i * 31);
      Events.add(builder, "topic." + i % 5, "id-" + i, payload);
    }
    EventBatch batch = builder.build();
    OpenSegment open = new OpenSegment(BASE, Integer.MAX_VALUE, EVENTS, batch.sizeBytes());
    for (int i = 0; i < EVENTS; i++) {
      Topic topic = batch.topics().get(batch.topicIndex(i));
      open.append(batch, i, BASE + i, topics.computeIfAbsent(topic, DroppingTopic::new), 0);
    }
    return open.snapshot();
  }

  @Test
  void comesBackFromEachFormAsItWas() {
    PackedSegment packed = sealer.seal(raw);
    ColumnSegment columns = columnizer.write(packed);

    List<Event> events = events(raw);
    assertThat(events).hasSize(EVENTS);
    assertThat(events(packed.unpack())).isEqualTo(events);
    assertThat(events(columns.unpack())).isEqualTo(events);
    assertThat(events(columnizer.write(columns).unpack())).isEqualTo(events);
    assertThat(columns.sizeBytes()).isLessThan(packed.sizeBytes());
  }

  @Test
  void losesWhatIsGoneWhenItIsWrittenAnew() {
    PackedSegment packed = sealer.seal(raw);
    DroppingTopic dropping = topics.get(new Topic("topic.1"));
    dropping.floor = BASE + EVENTS / 2;
    List<Event> kept =
        events(raw).stream()
            .filter(
                event ->
                    !event.topic().name().equals("topic.1") || event.offset() >= dropping.floor)
            .toList();

    ColumnSegment columns = columnizer.write(packed);
    assertThat(events(columns.unpack())).isEqualTo(kept);
    assertThat(columns.eventCount()).isEqualTo(kept.size());

    topics.values().forEach(topic -> topic.floor = Long.MAX_VALUE);
    assertThat(columnizer.write(columns).eventCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic:topic.3",
        "status:3",
        "order > 4990",
        "order > 100000",
        "came",
        "odd or status < 1",
        "not \"order 31 came\"",
        "id:id-77",
        "absent"
      })
  void isSearchedWithTheSameResultInEachFormInOneStepOrMany(String query) {
    EventFilter filter = FilterParameters.of(List.of(), query).compile();
    PackedSegment packed = sealer.seal(raw);
    List<Event> expected = matches(filter);

    for (Segment form : List.of(raw, packed, columnizer.write(packed))) {
      for (boolean pausing : new boolean[] {false, true}) {
        assertThat(scan(form, filter, () -> pausing)).isEqualTo(expected);
        assertThat(scanTogether(form, filter, () -> pausing)).isEqualTo(expected);
      }
    }
  }

  private List<Event> matches(EventFilter filter) {
    EventView view = new EventView();
    raw.show(view);
    List<Event> matches = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      view.moveTo(raw.starts()[i]);
      if (filter.matches(view)) {
        matches.add(view.toEvent());
      }
    }
    return matches;
  }

  private static List<Event> scan(Segment segment, EventFilter filter, BooleanSupplier pause) {
    List<Event> found = new ArrayList<>();
    SegmentScan scan = SegmentScan.of(segment, filter);
    boolean done = false;
    while (!done) {
      int before = scan.scanned();
      int foundBefore = found.size();
      done = scan.step(event -> found.add(event.toEvent()) && !pause.getAsBoolean(), pause);
      assertThat(scan.scanned() - before).isGreaterThanOrEqualTo(found.size() - foundBefore);
      assertThat(scan.scanned()).isLessThanOrEqualTo(segment.eventCount());
    }
    assertThat(scan.scanned()).isEqualTo(segment.eventCount());
    found.sort(Comparator.comparingLong(Event::offset));
    return found;
  }

  /** With those that lie in columns taken as many as there are. */
  private static List<Event> scanTogether(
      Segment segment, EventFilter filter, BooleanSupplier pause) {
    List<Event> found = new ArrayList<>();
    SegmentScan.RowsMatch match =
        new SegmentScan.RowsMatch() {
          @Override
          public boolean found(EventView event) {
            assertThat(segment).isNotInstanceOf(ColumnSegment.class);
            return found.add(event.toEvent());
          }

          @Override
          public void found(EventRows rows, BitSet matching) {
            assertThat(matching.isEmpty()).isFalse();
            EventView view = new EventView();
            matching.stream()
                .forEach(
                    row -> {
                      rows.show(row, view);
                      found.add(view.toEvent());
                    });
          }
        };
    SegmentScan scan = SegmentScan.of(segment, filter);
    while (!scan.step(match, pause)) {
      assertThat(scan.scanned()).isLessThanOrEqualTo(segment.eventCount());
    }
    found.sort(Comparator.comparingLong(Event::offset));
    return found;
  }

  private static List<Event> events(RawSegment segment) {
    EventView view = new EventView();
    segment.show(view);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < segment.eventCount(); i++) {
      view.moveTo(segment.starts()[i]);
      events.add(view.toEvent());
    }
    return events;
  }
}
