package dev.logaggregator.store.segment.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Level;
import dev.logaggregator.store.segment.column.ColumnSamples.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events come back from columns byte for byte. Repeat a failure with {@code -Dcolumn.seed=…}. */
class ColumnRoundTripTest {

  private static final List<String> TEMPLATES =
      List.of(
          "{\"order\":#,\"amount\":#,\"customer\":$}",
          "{\"order\":#,\"amount\":#,\"customer\":$,\"items\":[?,?]}",
          "{\"a\":{\"b\":#,\"c\":{\"d\":$}},\"a.b\":#}",
          "{\"a\":#,\"a\":#,\"a\":$,\"b\":{}}",
          "{\"a\":?,\"b\":?}");

  private final SegmentWriter writer = new SegmentWriter();

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void generatedDocumentsComeBackAsTheyWere() {
    roundTrips(20_000);
  }

  @Test
  @Tag("long")
  void aMillionGeneratedDocumentsComeBackAsTheyWere() {
    roundTrips(1_000_000);
  }

  @Test
  void strangeDocumentsComeBackAsTheyWere() {
    String deep = "{\"a\":".repeat(60) + "1" + "}".repeat(60);
    String wide =
        Stream.iterate(0, i -> i + 1)
            .limit(3_000)
            .map(i -> "\"k" + i + "\":" + i)
            .reduce((a, b) -> a + ',' + b)
            .map(members -> '{' + members + '}')
            .orElseThrow();
    List<String> strange =
        List.of(
            "{}",
            "[]",
            "\"\"",
            "0",
            "-0",
            "null",
            "true",
            "[{}]",
            "{\"\":\"\"}",
            "{\"\":{\"\":0}}",
            "{\"a\":-0}",
            "{\"a\":-0.0}",
            "{\"a\":1e-0}",
            "{\"a\":00000000000000000000.1}".replace("00000000000000000000", "0"),
            "{\"a\":\"\\\\\"}",
            "{\"a\\\"b\":\"\\\"\"}",
            "{\"\\ud83d\":1}",
            "{\"a\":[[[[\"]\"]]]]}",
            "{\"a\":{\"b\":{}},\"a.b\":[]}",
            "{\"a\":\"}\",\"b\":\"{\"}",
            deep,
            wide,
            "{\"a\":\"" + "x".repeat(200_000) + "\"}");
    for (int copies : new int[] {1, 3, 40}) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < copies; i++) {
        strange.forEach(payload -> samples.add(Sample.of(payload)));
      }
      compare(samples, "copies " + copies);
    }
  }

  @Test
  void timesOfEveryCenturyComeBackAsTheyWere() {
    List<Sample> samples = new ArrayList<>();
    for (String time :
        List.of("0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59Z")) {
      samples.add(new Sample("t", "i", "s", Level.WARN, Instant.parse(time), "", "1"));
      compare(samples, time);
    }
  }

  private void roundTrips(int documents) {
    long firstSeed = Long.getLong("column.seed", System.nanoTime());
    int done = 0;
    for (long seed = firstSeed; done < documents; seed++) {
      List<Sample> samples = samples(new Random(seed));
      compare(samples, "seed " + seed);
      done += samples.size();
    }
  }

  private void compare(List<Sample> samples, String description) {
    ColumnSamples events = new ColumnSamples(samples);
    List<String> read;
    try {
      read = ColumnSamples.events(events.reader(events.write(writer)));
    } catch (RuntimeException e) {
      throw new AssertionError(description, e);
    }
    assertThat(read).as(description).isEqualTo(events.events());
  }

  private static List<Sample> samples(Random random) {
    RandomJson json = new RandomJson(random);
    int count = 1 + (int) (3_000 * Math.pow(random.nextDouble(), 3));
    int wild = random.nextInt(100);
    int topics = 1 + random.nextInt(10);
    int idForm = random.nextInt(4);
    Instant time = Instant.ofEpochSecond(random.nextInt());
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      time = time.plusMillis(random.nextInt(10));
      boolean isWild = random.nextInt(100) < wild;
      samples.add(
          new Sample(
              "t" + random.nextInt(topics),
              id(idForm, i, random),
              random.nextBoolean() ? "" : "source " + random.nextInt(20),
              random.nextBoolean() ? null : json.pick(List.of(Level.values())),
              random.nextInt(20) == 0 ? time.plusNanos(random.nextInt(1_000_000_000)) : time,
              json.attributes(),
              isWild ? json.value(4) : json.filled(json.pick(TEMPLATES))));
    }
    return samples;
  }

  private static String id(int form, int number, Random random) {
    return switch (form) {
      case 0 -> "id-" + number;
      case 1 -> "%016d".formatted(number);
      case 2 -> "%08x-%04x".formatted(random.nextInt(), random.nextInt(1 << 16));
      default -> "x".repeat(1 + random.nextInt(20)) + random.nextInt(5);
    };
  }
}
