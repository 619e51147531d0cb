package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRankingTest {

  private final TopicRanking ranking = new TopicRanking();
  private final TopicCounters totals = new TopicCounters();
  private final List<TopicLog> topics = new ArrayList<>();

  @Test
  void hasNoMoreThanThereAre() {
    add();

    assertThat(ranking.largest(10)).isEqualTo(topics);
    assertThat(ranking.largest(0)).isEmpty();
  }

  /** Several grow before any of them rises, as those of a batch do. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 500})
  void ranksAsSortingAllOfThemWould(int count) {
    Random random = new Random(count);
    for (int batch = 0; batch < 2_000; batch++) {
      if (topics.size() < count) {
        add();
      }
      Set<TopicLog> grown = new LinkedHashSet<>();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        TopicLog topic = topics.get(random.nextInt(topics.size()));
        int events = random.nextBoolean() ? 1 : random.nextInt(10);
        for (int event = 0; event < events; event++) {
          topic.accept(0, 0, 0, 1, 0);
        }
        grown.add(topic);
      }
      grown.forEach(ranking::rise);

      assertThat(ranking.largest(topics.size())).extracting(TopicLog::accepted).isEqualTo(sorted());
    }
    assertThat(ranking.largest(count)).containsExactlyInAnyOrderElementsOf(topics);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 500})
  void leavesOutThoseThatHaveGone(int count) {
    Random random = new Random(count);
    for (int round = 0; round < 2_000; round++) {
      if (topics.size() < count) {
        add();
      }
      TopicLog grown = topics.get(random.nextInt(topics.size()));
      grown.accept(0, 0, 0, 1, 0);
      ranking.rise(grown);
      if (topics.size() > 1 && random.nextInt(3) == 0) {
        topics.remove(random.nextInt(topics.size())).go();
        ranking.remove();
      }
      assertThat(ranking.largest(count)).containsExactlyInAnyOrderElementsOf(topics);
      assertThat(ranking.largest(count)).extracting(TopicLog::accepted).isEqualTo(sorted());
    }
  }

  private List<Long> sorted() {
    return topics.stream().map(TopicLog::accepted).sorted(Comparator.reverseOrder()).toList();
  }

  private void add() {
    TopicLog topic = new TopicLog(new Topic("t" + topics.size()), topics.size(), 0, null, totals);
    topics.add(topic);
    ranking.add(topic);
  }
}
