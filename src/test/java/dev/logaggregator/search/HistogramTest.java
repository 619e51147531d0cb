package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.memory.Use;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

  private static final Instant START = Instant.parse("2026-11-22T07:00:00Z");
  private static final FieldReader LEVEL = FieldReader.of("level");
  private static final FieldReader SOURCE = FieldReader.of("source");

  private final Room room = room(64 << 20);

  @Test
  void fillsTheHolesBetweenTheFirstAndTheLastEvent() {
    BucketCounts counts =
        new EncodedEvents()
            .add(START.plusSeconds(3))
            .add(START.plusSeconds(25))
            .countedBy(undivided("10s"));

    Histogram histogram = Histogram.of(List.of(counts), range("10s"), 0, room);

    assertThat(counts(histogram)).containsExactly(1L, 0L, 1L);
    assertThat(histogram.start(0)).isEqualTo(START);
    assertThat(histogram.start(2)).isEqualTo(START.plusSeconds(20));
  }

  @Test
  void reachesFromSinceToUntil() {
    BucketCounts counts =
        new EncodedEvents().add(START.plusSeconds(150)).countedBy(undivided("1m"));

    HistogramRange range = new HistogramRange(width("1m"), START, START.plusSeconds(240));
    assertThat(counts(Histogram.of(List.of(counts), range, 0, room)))
        .containsExactly(0L, 0L, 1L, 0L);
  }

  @Test
  void dividesByTheMostFrequentValueFirst() {
    BucketCounts counts =
        new EncodedEvents()
            .add(START, Level.ERROR, null)
            .add(START, Level.INFO, null)
            .add(START, Level.INFO, null)
            .add(START, null, null)
            .countedBy(fixed(Series.of(LEVEL, room), null));

    Histogram histogram = Histogram.of(List.of(counts), range("10s"), 10, room);

    assertThat(histogram.names()).containsExactly("INFO", "ERROR");
    assertThat(histogram.named(0, 0).events()).isEqualTo(2);
    assertThat(histogram.named(0, 1).events()).isEqualTo(1);
    assertThat(histogram.none(0).events()).isEqualTo(1);
    assertThat(histogram.all(0).events()).isEqualTo(4);
  }

  @Test
  void countsAllValuesBeyondTheChosenOnesAsOne() {
    EncodedEvents events =
        new EncodedEvents().add(START, null, "a").add(START, null, "b").add(START, null, "c");

    BucketCounts chosen = fixed(Series.ofChosen(SOURCE, List.of("a"), room), null);
    Histogram byChoice = Histogram.of(List.of(events.countedBy(chosen)), range("10s"), 10, room);
    Histogram byLimit =
        Histogram.of(
            List.of(events.countedBy(fixed(Series.of(SOURCE, room), null))), range("10s"), 1, room);

    for (Histogram histogram : List.of(byChoice, byLimit)) {
      assertThat(histogram.names()).containsExactly("a");
      assertThat(histogram.named(0, 0).events()).isEqualTo(1);
      assertThat(histogram.other(0).events()).isEqualTo(2);
    }
  }

  @Test
  void countsAnEventForEachOfItsValuesAndOnceInAll() {
    BucketCounts counts =
        new EncodedEvents()
            .add(START, "{\"tags\":[\"x\",\"y\"],\"n\":5}")
            .add(START, "{\"tags\":[\"x\"],\"n\":1}")
            .add(START, "{\"n\":[1,\"1\",\"many\"]}")
            .countedBy(
                fixed(
                    Series.of(FieldReader.of("tags"), room),
                    new Measure(FieldReader.of("n"), Function.SUM)));

    Histogram histogram = Histogram.of(List.of(counts), range("10s"), 10, room);

    assertThat(histogram.all(0)).isEqualTo(new Histogram.Part(3, new Figure(8, false)));
    assertThat(histogram.named(0, 0)).isEqualTo(new Histogram.Part(2, new Figure(6, false)));
    assertThat(histogram.named(0, 1)).isEqualTo(new Histogram.Part(1, new Figure(5, false)));
    assertThat(histogram.none(0)).isEqualTo(new Histogram.Part(1, new Figure(2, false)));
    assertThat(histogram.other(0)).isEqualTo(new Histogram.Part(0, Figure.NONE));
  }

  @Test
  void saysWhenThereAreMoreValuesThanAChartShows() {
    EncodedEvents events = new EncodedEvents();
    for (int i = 0; i <= Series.MOST; i++) {
      events.add(START, null, "source-" + i);
    }
    BucketCounts counts = events.countedBy(fixed(Series.of(SOURCE, room), null));

    assertThat(counts.series().isCrowded()).isTrue();
    assertThat(counts.isUseless()).isTrue();
  }

  @Test
  void tellsNoValueApartThatIsTooLongForAName() {
    String longest = "x".repeat(Series.LONGEST);
    BucketCounts counts =
        new EncodedEvents()
            .add(START, "{\"a\":\"" + longest + "\"}")
            .add(START, "{\"a\":\"" + longest + "y\"}")
            .countedBy(fixed(Series.of(FieldReader.of("a"), room), null));

    Histogram histogram = Histogram.of(List.of(counts), range("10s"), 10, room);

    assertThat(histogram.names()).containsExactly(longest);
    assertThat(histogram.other(0).events()).isEqualTo(1);
  }

  @Test
  void countsABoundedNumberOfValuesOfAnEventAndSaysSo() {
    String array = "1,".repeat(RowGroups.MOST_A_ROW) + "1";
    Measure sum = new Measure(FieldReader.of("n"), Function.SUM);
    EncodedEvents events = new EncodedEvents().add(START, "{\"a\":[" + array + "],\"n\":[1,1]}");
    BucketCounts counts = events.countedBy(fixed(Series.of(FieldReader.of("a"), room), sum));

    Histogram histogram = Histogram.of(List.of(counts), range("10s"), 10, room);

    assertThat(histogram.named(0, 0).events()).isEqualTo(RowGroups.MOST_A_ROW);
    assertThat(histogram.named(0, 0).figure().value()).isEqualTo(2 * RowGroups.MOST_A_ROW);
    assertThat(histogram.isTruncated()).isTrue();
  }

  @Test
  void refusesTooManyBucketsAndSaysWhatToChange() {
    BucketCounts counts =
        new EncodedEvents()
            .add(START)
            .add(START.plusSeconds(Histogram.MOST_BUCKETS))
            .countedBy(undivided("1s"));

    assertThatThrownBy(() -> Histogram.of(List.of(counts), range("1s"), 0, room))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("10000 buckets")
        .hasMessageContaining("since and until");
  }

  @Test
  void keepsItsMemoryBoundedWhenTheIntervalIsFarTooShort() {
    EncodedEvents events = new EncodedEvents();
    for (int i = 0; i <= 2 * Histogram.MOST_BUCKETS; i++) {
      events.add(START.plusMillis(i));
    }
    BucketCounts counts = events.countedBy(undivided("1ms"));

    assertThat(counts.isTooFine()).isTrue();
    assertThatThrownBy(() -> Histogram.of(List.of(counts), range("1ms"), 0, room))
        .isInstanceOf(InvalidEventException.class);
  }

  @Test
  void takesNoMoreMemoryThanThereIs() {
    EncodedEvents events = new EncodedEvents();
    for (int i = 0; i < 5_000; i++) {
      events.add(START.plusMillis(i), "{\"n\":" + i + "}");
    }
    Measure p95 = new Measure(FieldReader.of("n"), Function.P95);
    BucketCounts one =
        events.countedBy(
            BucketCounts.fixed(Series.undivided(room), p95, width("10s"), room(6_000)));
    BucketCounts many =
        BucketCounts.fixed(Series.undivided(room), null, width("1ms"), room(600_000));

    assertThat(Histogram.of(List.of(one), range("10s"), 0, room).isTruncated()).isTrue();
    assertThatThrownBy(() -> events.countedBy(many)).isInstanceOf(MemoryExhaustedException.class);
  }

  /** However events are spread and divided among cores, the result is that of counting naively. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void choosesAWidthInOnePassWithoutMiscounting(long seed) {
    Random random = new Random(seed);
    long rangeMillis = 1L << (3 * seed + 3);
    long[] times = random.longs(20_000, 0, rangeMillis).map(t -> t - rangeMillis / 2).toArray();
    EncodedEvents early = new EncodedEvents();
    EncodedEvents late = new EncodedEvents();
    for (int i = 0; i < times.length; i++) {
      (i % 7 == 0 ? early : late).add(Instant.ofEpochMilli(times[i]));
    }
    BucketCounts first = early.countedBy(BucketCounts.adaptive(Series.undivided(room), room));
    BucketCounts second = late.countedBy(BucketCounts.adaptive(Series.undivided(room), room));

    Histogram histogram = Histogram.of(List.of(first, second), range(null), 0, room);

    BucketWidth width = histogram.width();
    Map<Instant, Long> expected = new TreeMap<>();
    for (long time : times) {
      Instant start = Instant.ofEpochMilli(width.start(width.bucket(time)));
      expected.merge(start, 1L, Long::sum);
    }
    Map<Instant, Long> actual = new TreeMap<>();
    for (int bucket = 0; bucket < histogram.size(); bucket++) {
      if (histogram.all(bucket).events() > 0) {
        actual.put(histogram.start(bucket), histogram.all(bucket).events());
      }
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(histogram.size()).isBetween(8, 62);
  }

  @Test
  void isEmptyWhenNothingMatched() {
    BucketCounts counts = BucketCounts.adaptive(Series.undivided(room), room);

    Histogram histogram =
        Histogram.of(List.of(counts), new HistogramRange(null, START, null), 0, room);

    assertThat(histogram.size()).isZero();
    assertThat(histogram.width()).isEqualTo(BucketWidth.forRange(0));
  }

  private BucketCounts undivided(String width) {
    return BucketCounts.fixed(Series.undivided(room), null, width(width), room);
  }

  private BucketCounts fixed(Series series, @Nullable Measure measure) {
    return BucketCounts.fixed(series, measure, width("10s"), room);
  }

  private static Room room(long bytes) {
    return new Room(new MemoryAccount(7 * bytes).claim(Use.COUNTS, "test"));
  }

  private static HistogramRange range(@Nullable String width) {
    return new HistogramRange(width == null ? null : width(width), null, null);
  }

  private static BucketWidth width(String text) {
    return BucketWidth.of(Durations.parse("interval", text));
  }

  private static List<Long> counts(Histogram histogram) {
    return IntStream.range(0, histogram.size())
        .mapToObj(bucket -> histogram.all(bucket).events())
        .toList();
  }
}
