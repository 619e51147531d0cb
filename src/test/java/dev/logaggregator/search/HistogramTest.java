package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HistogramTest {

  private static final Claim ROOM = new MemoryAccount(64 << 20).claim(Use.COUNTS, "test");

  private static final Instant START = Instant.parse("2026-11-22T07:00:00Z");

  @Test
  void fillsTheHolesBetweenTheFirstAndTheLastEvent() {
    BucketCounts counts = BucketCounts.fixed(Series.undivided(), width("PT10S"), ROOM);
    new EncodedEvents().add(START.plusSeconds(3)).add(START.plusSeconds(25)).forEach(counts::count);

    JsonNode json = json(Histogram.of(List.of(counts), width("PT10S"), null, null), false);

    assertThat(json.toString())
        .isEqualTo(
            """
            {"interval":"10s","buckets":[\
            {"start":"2026-11-22T07:00:00Z","count":1},\
            {"start":"2026-11-22T07:00:10Z","count":0},\
            {"start":"2026-11-22T07:00:20Z","count":1}]}\
            """);
  }

  @Test
  void reachesFromSinceToUntil() {
    BucketCounts counts = BucketCounts.fixed(Series.undivided(), width("PT1M"), ROOM);
    new EncodedEvents().add(START.plusSeconds(150)).forEach(counts::count);

    JsonNode json =
        json(Histogram.of(List.of(counts), width("PT1M"), START, START.plusSeconds(240)), false);

    assertThat(json.at("/buckets").values())
        .extracting(bucket -> bucket.at("/count").asInt())
        .containsExactly(0, 0, 1, 0);
  }

  @Test
  void dividesByTheMostFrequentValueFirst() {
    BucketCounts counts =
        BucketCounts.fixed(Series.asTheyCome(Series.By.LEVEL), width("PT10S"), ROOM);
    new EncodedEvents()
        .add(START, Level.ERROR, null)
        .add(START, Level.INFO, null)
        .add(START, Level.INFO, null)
        .add(START, null, null)
        .forEach(counts::count);

    JsonNode json = json(Histogram.of(List.of(counts), width("PT10S"), null, null), true);

    assertThat(json.at("/buckets/0/by").toString())
        .isEqualTo("{\"INFO\":2,\"(none)\":1,\"ERROR\":1}");
  }

  @Test
  void countsAllValuesBeyondTheChosenOnesAsOne() {
    BucketCounts counts =
        BucketCounts.fixed(Series.of(Series.By.SOURCE, List.of("a")), width("PT10S"), ROOM);
    new EncodedEvents()
        .add(START, null, "a")
        .add(START, null, "b")
        .add(START, null, "c")
        .forEach(counts::count);

    JsonNode json = json(Histogram.of(List.of(counts), width("PT10S"), null, null), true);

    assertThat(json.at("/buckets/0/by").toString()).isEqualTo("{\"(other)\":2,\"a\":1}");
  }

  @Test
  void saysWhenThereAreMoreValuesThanAChartShows() {
    BucketCounts counts =
        BucketCounts.fixed(Series.asTheyCome(Series.By.SOURCE), width("PT10S"), ROOM);
    EncodedEvents events = new EncodedEvents();
    for (int i = 0; i <= Series.MOST; i++) {
      events.add(START, null, "source-" + i);
    }
    events.forEach(counts::count);

    assertThat(counts.series().isCrowded()).isTrue();
    assertThat(counts.isUseless()).isTrue();
  }

  @Test
  void refusesTooManyBucketsAndSaysWhatToChange() {
    BucketCounts counts = BucketCounts.fixed(Series.undivided(), width("PT1S"), ROOM);
    new EncodedEvents()
        .add(START)
        .add(START.plusSeconds(Histogram.MOST_BUCKETS))
        .forEach(counts::count);

    assertThatThrownBy(() -> Histogram.of(List.of(counts), width("PT1S"), null, null))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("10000 buckets")
        .hasMessageContaining("since and until");
  }

  @Test
  void keepsItsMemoryBoundedWhenTheIntervalIsFarTooShort() {
    BucketCounts counts = BucketCounts.fixed(Series.undivided(), width("PT0.001S"), ROOM);
    EncodedEvents events = new EncodedEvents();
    for (int i = 0; i <= 2 * Histogram.MOST_BUCKETS; i++) {
      events.add(START.plusMillis(i));
    }
    events.forEach(counts::count);

    assertThat(counts.isTooFine()).isTrue();
    assertThatThrownBy(() -> Histogram.of(List.of(counts), width("PT0.001S"), null, null))
        .isInstanceOf(InvalidEventException.class);
  }

  /** However events are spread and divided among cores, the result is that of counting naively. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void choosesAWidthInOnePassWithoutMiscounting(long seed) {
    Random random = new Random(seed);
    long rangeMillis = 1L << (3 * seed + 3);
    BucketCounts first = BucketCounts.adaptive(Series.undivided(), ROOM);
    BucketCounts second = BucketCounts.adaptive(Series.undivided(), ROOM);
    long[] times = random.longs(20_000, 0, rangeMillis).map(t -> t - rangeMillis / 2).toArray();
    EncodedEvents early = new EncodedEvents();
    EncodedEvents late = new EncodedEvents();
    for (int i = 0; i < times.length; i++) {
      (i % 7 == 0 ? early : late).add(Instant.ofEpochMilli(times[i]));
    }
    early.forEach(first::count);
    late.forEach(second::count);

    JsonNode json = json(Histogram.of(List.of(first, second), null, null, null), false);

    BucketWidth width = width(json.at("/interval").asString());
    Map<Long, Integer> expected = new TreeMap<>();
    for (long time : times) {
      expected.merge(width.start(width.bucket(time)), 1, Integer::sum);
    }
    Map<Long, Integer> actual = new TreeMap<>();
    for (JsonNode bucket : json.at("/buckets").values()) {
      if (bucket.at("/count").asInt() > 0) {
        actual.put(
            Instant.parse(bucket.at("/start").asString()).toEpochMilli(),
            bucket.at("/count").asInt());
      }
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(json.at("/buckets").size()).isBetween(8, 62);
  }

  @Test
  void isEmptyWhenNothingMatched() {
    BucketCounts counts = BucketCounts.adaptive(Series.undivided(), ROOM);

    JsonNode json = json(Histogram.of(List.of(counts), null, START, null), false);

    assertThat(json.at("/buckets").isArray()).isTrue();
    assertThat(json.at("/buckets").isEmpty()).isTrue();
    assertThat(json.at("/interval").isString()).isTrue();
  }

  private static BucketWidth width(String text) {
    return BucketWidth.of(
        text.startsWith("P")
            ? Duration.parse(text)
            : dev.logaggregator.filter.Durations.parse("interval", text));
  }

  private static JsonNode json(Histogram histogram, boolean divided) {
    JsonBuffer json = new JsonBuffer(16);
    try {
      histogram.write(json, divided, false, () -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JsonMapper.builder().build().readTree(json.toString());
  }
}
