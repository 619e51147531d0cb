package dev.logaggregator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Topic;
import dev.logaggregator.store.TopicStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRankingTest {

  @Test
  void ranksTheLargestFirstAndEqualOnesByName() {
    List<TopicStatistics> topics = List.of(topic("b", 1), topic("c", 5), topic("a", 1));

    assertThat(TopicRanking.of(topics, 10).largest())
        .extracting(topic -> topic.topic().name())
        .containsExactly("c", "a", "b");
    assertThat(TopicRanking.of(topics, 2).largest())
        .extracting(topic -> topic.topic().name())
        .containsExactly("c", "a");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 999, 1_000, 1_001})
  void ranksAsSortingAllOfThemWould(int count) {
    Random random = new Random(count);
    List<TopicStatistics> topics = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      topics.add(topic("t" + i, random.nextInt(50)));
    }

    TopicRanking ranking = TopicRanking.of(topics, count);

    topics.sort(
        Comparator.comparingLong(TopicStatistics::accepted)
            .reversed()
            .thenComparing(topic -> topic.topic().name()));
    int ranked = Math.min(count, topics.size());
    assertThat(ranking.largest()).isEqualTo(topics.subList(0, ranked));
    assertThat(ranking.others())
        .containsExactlyInAnyOrderElementsOf(topics.subList(ranked, topics.size()));
  }

  private static TopicStatistics topic(String name, long accepted) {
    return new TopicStatistics(new Topic(name), accepted, 0, accepted, 0, null, null, -1, 0);
  }
}
