package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A place is taken by a topic that is there or on its way, and only once if it is both. */
class TopicPlacesTest {

  private static final Topic A = new Topic("a");
  private static final Topic B = new Topic("b");
  private static final Topic C = new Topic("c");

  private final Set<Topic> there = new HashSet<>();
  private TopicPlaces places = new TopicPlaces(2, Long.MAX_VALUE);

  @Test
  void areGoneWhileABatchIsOnItsWay() {
    reserve(A, B);

    assertFull(C);
    giveBack(A, B);
    reserve(C);
  }

  @Test
  void areSharedByBatchesThatBringTheSameTopic() {
    reserve(A);
    reserve(A, B);
    giveBack(A, B);

    reserve(B);
    assertFull(C);
    giveBack(A);
    reserve(C);
  }

  @Test
  void areNotTakenTwiceByATopicThatHasCome() {
    reserve(A);
    come(A);

    reserve(B);
    assertFull(C);
    giveBack(A);
    assertFull(C);
  }

  @Test
  void areKeptByATopicThatGoesAndWillComeAgain() {
    reserve(A, B);
    come(A);
    there.remove(A);
    places.went(A);

    assertFull(C);
    giveBack(A, B);
    reserve(B, C);
  }

  @Test
  void haveRoomForSoManyBytes() {
    long bytes = TopicLogs.sizeBytes(A);
    places = new TopicPlaces(100, 3 * bytes);
    places.reserve(List.of(A), 1, bytes);
    assertThatThrownBy(() -> places.reserve(List.of(B, C), 1, bytes))
        .isInstanceOf(TooManyTopicsException.class)
        .hasMessageContaining("max-bytes");
    places.reserve(List.of(B), 1, bytes);
  }

  private void reserve(Topic... topics) {
    places.reserve(List.of(topics), there.size(), 0);
  }

  private void assertFull(Topic topic) {
    assertThatThrownBy(() -> reserve(topic)).isInstanceOf(TooManyTopicsException.class);
  }

  private void giveBack(Topic... topics) {
    places.giveBack(List.of(topics), there::contains);
  }

  private void come(Topic topic) {
    there.add(topic);
    places.came(topic);
  }
}
