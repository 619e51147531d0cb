package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.memory.Use;
import dev.logaggregator.subscription.Log.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What subscriptions hold is on the account, and no more than that. */
class SubscriptionMemoryTest {

  private final Log log = Log.with(4 << 20);

  @AfterEach
  void close() {
    log.close();
  }

  private static Definition wide() {
    return new Definition(
        List.of(), null, Log.DEFAULT.ackDeadline(), 1, Log.DEFAULT.backoff(), 100_000, null);
  }

  private void publish(int events) {
    for (int from = 0; from < events; from += 1_000) {
      log.publish(
          "t",
          IntStream.range(from, from + 1_000).mapToObj(Integer::toString).toArray(String[]::new));
    }
  }

  private List<Received> pullUntilRefused(Subscription subscription) {
    List<Received> all = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              while (true) {
                all.addAll(log.pull(subscription, 10_000));
              }
            })
        .isInstanceOfSatisfying(
            MemoryExhaustedException.class,
            refusal -> assertThat(refusal.use()).isEqualTo(Use.DELIVERIES));
    return all;
  }

  @Test
  void noMoreIsUnderWayThanThereIsMemoryForAndWhatIsDoneWithMakesRoom() {
    publish(10_000);
    Subscription greedy = log.subscribe("greedy", wide());
    log.record(new SubscriptionRecord.Sought("greedy", -1));
    List<Received> received = pullUntilRefused(greedy);

    assertThat(log.heldForDeliveries())
        .isBetween(300_000L, log.memory.capacityBytes(Use.DELIVERIES));
    Subscription other = log.subscribe("other", wide());
    log.record(new SubscriptionRecord.Sought("other", -1));
    assertThat(log.pull(other, 10)).as("a little is left for others").hasSize(10);

    log.ack(greedy, received);
    log.record(new SubscriptionRecord.Deleted("other"));
    assertThat(log.heldForDeliveries()).isLessThan(1_000);
    assertThat(log.pull(greedy, 10)).hasSize(10);
  }

  @Test
  void whatComesAgainIsDeliveredThoughThereIsNoMemoryForMore() {
    publish(10_000);
    Subscription greedy = log.subscribe("greedy", wide());
    log.record(new SubscriptionRecord.Sought("greedy", -1));
    List<Received> received = pullUntilRefused(greedy);
    log.deliveries.takeBack(greedy, List.of(received.getFirst().ackId()), Duration.ZERO);

    assertThat(log.pull(greedy, 10))
        .extracting(Received::id)
        .containsExactly(received.getFirst().id());
  }

  @Test
  void noLettersOfOthersAreDroppedForOneThatIsDeleted() {
    publish(1_000);
    Subscription other = log.subscribe("other", wide());
    log.record(new SubscriptionRecord.Sought("other", -1));
    log.pull(other, 10).forEach(received -> log.deliveries.giveUp(other, received.ackId(), "no"));
    Subscription deleted = log.subscribe("deleted", wide());
    log.record(new SubscriptionRecord.Deleted("deleted"));
    DeadLetter letter = new DeadLetter(500, 1, "no", log.now);
    new LetterRoom(log.store, log.ledger, log.settings).reserve(deleted, letter);

    assertThat(other.deadLetterCount()).isEqualTo(10);
    log.record(new SubscriptionRecord.Deleted("other"));
    assertThat(log.heldForDeliveries()).isZero();
  }

  @Test
  void theOldestDeadLettersGoWhereMemoryIsShortAndAreCounted() {
    publish(10_000);
    Subscription subscription = log.subscribe("s", wide());
    log.record(new SubscriptionRecord.Sought("s", -1));
    Subscription.State state = log.state(subscription);
    while (state.deadLettersDropped() == 0) {
      List<Received> received = log.pull(subscription, 1);
      assertThat(received).isNotEmpty();
      log.deliveries.giveUp(subscription, received.getFirst().ackId(), "x".repeat(10_000));
      state = log.state(subscription);
      if (log.settings.maxDeadLetters() == subscription.deadLetterCount()) {
        log.deliveries.giveUp(
            subscription, log.pull(subscription, 1).getFirst().ackId(), "the last one");
        state = log.state(subscription);
      }
    }

    List<DeadLetter> letters = subscription.deadLetters(-1, 10_000);
    assertThat(letters.getFirst().offset()).isEqualTo(state.deadLettersDropped());
    assertThat(letters).hasSize((int) (state.deadLettered() - state.deadLettersDropped()));
    assertThat(letters.getFirst().reason()).hasSize(DeadLetter.LONGEST_REASON);
    assertThat(log.describe(subscription)).contains("\"deadLettersDropped\":1");
  }

  /** Of a subscription that has more of them than the one that gets another. */
  @Test
  void whereThereIsNoMoreRoomAnEighthOfTheMostDeadLettersGoes() {
    try (Log small = Log.with(250_000)) {
      Subscription most = small.subscribe("most", wide());
      Subscription other = small.subscribe("other", wide());
      String reason = "x".repeat(DeadLetter.LONGEST_REASON);
      int letters = 0;
      while (small.state(most).deadLettersDropped() == 0) {
        letters = most.deadLetterCount();
        small.publish("t", "id-" + small.store.watermark());
        Subscription next = small.store.watermark() % 8 == 0 ? other : most;
        small.deliveries.giveUp(next, small.pull(next, 1).getFirst().ackId(), reason);
      }

      assertThat(letters).isBetween(16, small.settings.maxDeadLetters() - 1);
      assertThat(small.state(most).deadLettersDropped()).isEqualTo(letters / 8);
      assertThat(small.state(other).deadLettersDropped()).isZero();
      assertThat(other.deadLetterCount()).isPositive();
    }
  }
}
