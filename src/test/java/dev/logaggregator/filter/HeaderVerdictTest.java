package dev.logaggregator.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is said of a block by offset, time, level and topic is as precise as what is known of it:
 * nothing is read for nothing. All small cases are tried.
 */
class HeaderVerdictTest {

  private static final int NANOS = 1_000_000_000;

  /** What can be said when that many of so many possible events match. */
  private static Verdict exactly(long matching, long possible) {
    return matching == 0 ? Verdict.NONE : matching == possible ? Verdict.ALL : Verdict.SOME;
  }

  @ParameterizedTest
  @EnumSource
  void judgesOffsetsPrecisely(Comparison comparison) {
    for (long first = 0; first < 5; first++) {
      for (long last = first; last < 5; last++) {
        for (long offset = -1; offset <= 5; offset++) {
          long other = offset;
          long matching =
              LongStream.rangeClosed(first, last)
                  .filter(at -> comparison.holds(Long.compare(at, other)))
                  .count();
          Summary block = new Summary(first, last, 0, 0, 0, List.of());

          assertThat(new OffsetCondition(comparison, offset).judge(block))
              .as("%s %d of %d to %d", comparison, offset, first, last)
              .isEqualTo(exactly(matching, last - first + 1));
        }
      }
    }
  }

  @Test
  void judgesTimesPrecisely() {
    List<Instant> bounds = new ArrayList<>(List.of(Instant.MIN, Instant.MAX));
    for (long second = 0; second < 4; second++) {
      for (int nano : new int[] {0, 1, NANOS - 1}) {
        bounds.add(Instant.ofEpochSecond(second, nano));
      }
    }
    for (Instant from : bounds) {
      for (Instant until : bounds) {
        if (from.isBefore(until)) {
          judgeTimes(new TimeRange(from, until));
        }
      }
    }
  }

  private static void judgeTimes(TimeRange range) {
    for (long min = 0; min < 4; min++) {
      for (long max = min; max < 4; max++) {
        List<Instant> possible = new ArrayList<>();
        for (long second = min; second <= max; second++) {
          for (int nano : new int[] {0, 1, 2, NANOS - 2, NANOS - 1}) {
            possible.add(Instant.ofEpochSecond(second, nano));
          }
        }
        long matching =
            possible.stream()
                .filter(time -> range.contains(time.getEpochSecond(), time.getNano()))
                .count();

        assertThat(range.judge(min, max))
            .as("%s of %d to %d", range, min, max)
            .isEqualTo(exactly(matching, possible.size()));
        assertThat(new TimestampCondition(range).judge(new Summary(0, 0, min, max, 0, List.of())))
            .isEqualTo(range.judge(min, max));
      }
    }
  }

  @Test
  void judgesLevelsPrecisely() {
    int all = 1 << (Level.values().length + 1);
    for (int accepted = 0; accepted < all; accepted++) {
      for (int present = 1; present < all; present++) {
        Summary block = new Summary(0, 0, 0, 0, present, List.of());

        assertThat(new LevelCondition(accepted).judge(block))
            .as("%s of %s", Integer.toBinaryString(accepted), Integer.toBinaryString(present))
            .isEqualTo(exactly(Integer.bitCount(accepted & present), Integer.bitCount(present)));
      }
    }
  }

  @Test
  void judgesTopicsPreciselyByNameAndByPattern() {
    List<Topic> topics = Stream.of("a", "b", "c").map(Topic::new).toList();
    for (Set<Topic> accepted : subsets(topics)) {
      for (Set<Topic> present : subsets(topics)) {
        if (!present.isEmpty()) {
          Summary block = new Summary(0, 0, 0, 0, 0, List.copyOf(present));
          long matching = present.stream().filter(accepted::contains).count();
          TopicCondition pattern = new TopicCondition(topic -> accepted.contains(topic));

          assertThat(new TopicCondition(accepted).judge(block))
              .isEqualTo(exactly(matching, present.size()));
          assertThat(pattern.judge(block)).isEqualTo(exactly(matching, present.size()));
          assertThat(pattern.takesAll(block)).isEqualTo(matching == present.size());
        }
      }
    }
  }

  private static List<Set<Topic>> subsets(List<Topic> topics) {
    return IntStream.range(0, 1 << topics.size())
        .mapToObj(
            bits ->
                IntStream.range(0, topics.size())
                    .filter(i -> (bits >> i & 1) != 0)
                    .mapToObj(topics::get)
                    .collect(Collectors.toSet()))
        .toList();
  }

  /** However many topics there are, and in whatever order they come, each is told apart. */
  @Test
  void remembersWhatItHasSaidOfATopic() {
    TopicCondition even =
        new TopicCondition(topic -> Integer.parseInt(topic.name().substring(1)) % 2 == 0);
    List<Topic> topics = IntStream.range(0, 20_000).mapToObj(i -> new Topic("t" + i)).toList();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < topics.size(); i++) {
        Summary block = new Summary(0, 0, 0, 0, 0, List.of(topics.get(i)));

        assertThat(even.takesAll(block)).isEqualTo(i % 2 == 0);
      }
    }
  }

  private record Summary(
      long firstOffset,
      long lastOffset,
      long minSecond,
      long maxSecond,
      int levels,
      List<Topic> topics)
      implements BlockSummary {

    @Override
    public int topicCount() {
      return topics.size();
    }

    @Override
    public Topic topic(int index) {
      return topics.get(index);
    }

    @Override
    public boolean hasTopic(Topic topic) {
      return topics.contains(topic);
    }

    @Override
    public boolean mayContainKey(long hash) {
      return true;
    }

    @Override
    public boolean mayContainText(int[] trigrams) {
      return true;
    }
  }
}
