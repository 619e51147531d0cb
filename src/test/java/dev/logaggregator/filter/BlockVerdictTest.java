package dev.logaggregator.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.TopicPattern;
import dev.logaggregator.filter.RandomEvents.Sample;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a filter says of a block by its summary is true of each of the block's events, and what it
 * leaves to be asked says the same of them. Repeat a failure with {@code -Dfilter.seed=…}.
 */
class BlockVerdictTest {

  @Test
  void noneAndAllAreNeverWrong() {
    judge(5_000);
  }

  @Test
  @Tag("long")
  void noneAndAllAreNeverWrongForLong() {
    judge(200_000);
  }

  private static void judge(int filters) {
    long firstSeed = Long.getLong("filter.seed", System.nanoTime());
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    for (int i = 0; i < filters; i++) {
      verdicts.merge(judgeOne(firstSeed + i), 1, Integer::sum);
    }
    // Else nothing was tried.
    assertThat(verdicts.get(Verdict.NONE)).isGreaterThan(filters / 20);
    assertThat(verdicts.get(Verdict.ALL)).isGreaterThan(filters / 50);
    assertThat(verdicts.get(Verdict.SOME)).isGreaterThan(filters / 20);
  }

  private static Verdict judgeOne(long seed) {
    Random random = new Random(seed);
    EventFilter filter = filter(random);
    RandomEvents events = new RandomEvents(random);
    List<SampleEvent> samples =
        Stream.generate(events::next).limit(random.nextInt(4) + 1).map(Sample::event).toList();
    SampleBlock block = new SampleBlock(samples, random.nextInt(5));
    Verdict verdict = filter.judge(block);
    EventFilter left = filter.within(block);
    block.forEach(
        event -> {
          if (verdict == Verdict.SOME) {
            assertThat(left.matches(event))
                .as("seed %d: what is left of %s of %s", seed, filter, samples)
                .isEqualTo(filter.matches(event));
          }
          if (verdict != Verdict.SOME) {
            assertThat(filter.matches(event))
                .as("seed %d: %s of %s", seed, filter, samples)
                .isEqualTo(verdict == Verdict.ALL);
          }
        });
    return verdict;
  }

  private static EventFilter filter(Random random) {
    return random.nextBoolean()
        ? Query.parse(query(random), null).condition()
        : parameters(random).compile();
  }

  private static String query(Random random) {
    String offset = "offset " + (random.nextBoolean() ? ">= " : ": ") + random.nextInt(10);
    return switch (random.nextInt(6)) {
      case 0 -> offset;
      case 1 -> "not " + offset + " or not zzz";
      case 2 -> "not zzzz: *";
      default -> new RandomQuery(random).next().q();
    };
  }

  private static FilterParameters parameters(Random random) {
    RandomEvents vocabulary = new RandomEvents(random);
    return new FilterParameters(
        some(random, vocabulary.pick(List.of("orders.*", "orders.**", "**", "_*", "a")))
            .map(TopicPattern::parse)
            .toList(),
        Set.copyOf(some(random, vocabulary.source()).toList()),
        Set.copyOf(some(random, vocabulary.pick(List.of(Level.values()))).toList()),
        some(random, vocabulary.pick(List.of(Level.values()))).findFirst().orElse(null),
        Set.copyOf(some(random, "e-" + random.nextInt(5)).toList()),
        time(random, vocabulary),
        time(random, vocabulary),
        null);
  }

  private static <T> Stream<T> some(Random random, T value) {
    return random.nextInt(4) == 0 ? Stream.of(value) : Stream.empty();
  }

  private static @Nullable Instant time(Random random, RandomEvents vocabulary) {
    return random.nextInt(3) == 0 ? vocabulary.time() : null;
  }
}
