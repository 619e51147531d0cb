package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.subscription.Log.Received;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an event comes again, by a clock that the tests set. */
class RedeliveryTest {

  private final Log log = new Log();
  private final Subscription subscription = log.subscribe("s", Log.DEFAULT);

  @AfterEach
  void close() {
    log.close();
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void comesAgainAfterTheDeadlineAndAGrowingPauseThenGoesToTheDeadLetters() {
    log.publish("t", "a");
    assertThat(log.pull(subscription, 10)).extracting(Received::delivery).containsExactly(1);

    log.pass(seconds(30));
    assertThat(log.pull(subscription, 10)).as("the deadline has passed").isEmpty();
    log.pass(Duration.ofMillis(999));
    assertThat(log.pull(subscription, 10)).as("the first pause is 1 s").isEmpty();
    log.pass(Duration.ofMillis(1));
    assertThat(log.pull(subscription, 10)).extracting(Received::delivery).containsExactly(2);

    log.pass(seconds(31));
    assertThat(log.pull(subscription, 10)).as("the second pause is 2 s").isEmpty();
    log.pass(seconds(1));
    assertThat(log.pull(subscription, 10)).extracting(Received::delivery).containsExactly(3);

    log.pass(seconds(30));
    assertThat(log.pull(subscription, 10)).isEmpty();
    assertThat(subscription.deadLetters(-1, 10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.deliveries()).isEqualTo(3);
              assertThat(letter.reason()).isEqualTo("not acknowledged within 30s");
              assertThat(letter.at()).isEqualTo(log.now);
            });
    log.pass(Duration.ofDays(1));
    assertThat(log.pull(subscription, 10)).isEmpty();
  }

  @Test
  void countsThePauseFromTheDeadlineHoweverLateSomebodyLooks() {
    log.publish("t", "a");
    log.pull(subscription, 1);
    log.pass(seconds(31));

    assertThat(log.pull(subscription, 1)).extracting(Received::delivery).containsExactly(2);
  }

  @Test
  void theRestMovesOnWhileOneWaits() {
    log.publish("t", "a", "b", "c");
    List<Received> first = log.pull(subscription, 2);
    log.ack(subscription, first.subList(1, 2));

    assertThat(log.pullIds(subscription, 10)).containsExactly("c");
  }

  @Test
  void anAcknowledgedEventNeverComesAgain() {
    log.publish("t", "a", "b");
    List<Received> received = log.pull(subscription, 10);

    assertThat(log.ack(subscription, received).count()).isEqualTo(2);
    log.pass(Duration.ofDays(1));
    assertThat(log.pull(subscription, 10)).isEmpty();
    assertThat(subscription.deadLetters(-1, 10)).isEmpty();
  }

  @Test
  void aLateAcknowledgementCountsAsLongAsTheEventIsNotDoneWith() {
    log.publish("t", "a");
    List<Received> first = log.pull(subscription, 10);
    log.pass(seconds(31));
    List<Received> second = log.pull(subscription, 10);

    assertThat(log.ack(subscription, first).count()).isEqualTo(1);
    assertThat(log.ack(subscription, second).unknown()).containsExactly(second.getFirst().ackId());
    log.pass(Duration.ofDays(1));
    assertThat(log.pull(subscription, 10)).isEmpty();
  }

  @Test
  void nothingCanBeDoneWithADeliveryWhoseDeadlineHasPassed() {
    log.publish("t", "a");
    List<Received> received = log.pull(subscription, 1);
    List<String> ids = List.of(received.getFirst().ackId());
    log.pass(seconds(30));
    assertThat(log.deliveries.extend(subscription, ids, seconds(9)).unknown()).isEqualTo(ids);
    log.pass(seconds(1));
    List<String> second = List.of(log.pull(subscription, 1).getFirst().ackId());
    log.pass(seconds(30));
    assertThat(log.deliveries.fail(subscription, second, null, "no").unknown()).isEqualTo(second);
    log.pass(seconds(2));
    List<Received> last = log.pull(subscription, 1);
    log.pass(seconds(30));
    assertThat(log.ack(subscription, last).count()).as("it is a dead letter by now").isZero();
    assertThat(subscription.deadLetters(-1, 10)).hasSize(1);
  }

  @Test
  void aDeliveryThatIsTakenBackDoesNotCount() {
    log.publish("t", "a");
    List<String> ids = List.of(log.pull(subscription, 1).getFirst().ackId());
    log.deliveries.takeBack(subscription, ids, seconds(5));

    log.pass(seconds(4));
    assertThat(log.pull(subscription, 1)).isEmpty();
    log.pass(seconds(1));
    assertThat(log.pull(subscription, 1)).extracting(Received::delivery).containsExactly(1);
  }

  /** Somebody may wait who would not look before that. */
  @Test
  void whoWaitsIsToldWhenThePauseOfAnEventIsAnother() {
    log.publish("t", "a");
    List<String> ids = List.of(log.pull(subscription, 1).getFirst().ackId());
    long seen = subscription.changes();
    log.deliveries.takeBack(subscription, ids, seconds(1));
    assertThat(subscription.changes()).isGreaterThan(seen);

    log.pass(seconds(1));
    ids = List.of(log.pull(subscription, 1).getFirst().ackId());
    seen = subscription.changes();
    log.deliveries.fail(subscription, ids, seconds(1), "no");
    assertThat(subscription.changes()).isGreaterThan(seen);

    seen = subscription.changes();
    log.pass(seconds(1));
    log.deliveries.expire(subscription);
    assertThat(subscription.changes()).isGreaterThan(seen);
  }

  @Test
  void nothingComesWhileItIsPaused() {
    log.publish("t", "a", "b");
    log.pull(subscription, 1);
    log.deliveries.pause(subscription, "broken");
    log.pass(seconds(31));

    assertThat(log.pull(subscription, 10)).isEmpty();
    assertThat(subscription.pausedReason()).isEqualTo("broken");
  }

  @Test
  void aNackedEventComesAgainAfterItsDelay() {
    log.publish("t", "a");
    String id = log.pull(subscription, 1).getFirst().ackId();
    log.deliveries.fail(subscription, List.of(id), seconds(5), "no");

    log.pass(seconds(4));
    assertThat(log.pull(subscription, 1)).isEmpty();
    log.pass(seconds(1));
    assertThat(log.pull(subscription, 1)).extracting(Received::delivery).containsExactly(2);
  }

  @Test
  void aNackedEventWithoutDeliveriesLeftGoesToTheDeadLetters() {
    log.publish("t", "a");
    for (int i = 0; i < 3; i++) {
      String id = log.pull(subscription, 1).getFirst().ackId();
      log.deliveries.fail(subscription, List.of(id), Duration.ZERO, "no");
    }
    assertThat(subscription.deadLetters(-1, 10))
        .extracting(DeadLetter::reason)
        .containsExactly("no");
  }

  @Test
  void anExtendedDeliveryHasMoreTime() {
    log.publish("t", "a");
    List<Received> received = log.pull(subscription, 1);
    log.pass(seconds(29));
    List<String> ids = List.of(received.getFirst().ackId());
    assertThat(log.deliveries.extend(subscription, ids, seconds(60)).count()).isEqualTo(1);

    log.pass(seconds(59));
    assertThat(log.pull(subscription, 1)).isEmpty();
    assertThat(log.ack(subscription, received).count()).isEqualTo(1);
  }

  @Test
  void onlyTheLatestDeliveryCanBeNackedOrExtended() {
    log.publish("t", "a");
    List<String> first = List.of(log.pull(subscription, 1).getFirst().ackId());
    log.pass(seconds(31));
    log.pull(subscription, 1);

    assertThat(log.deliveries.fail(subscription, first, null, "no").unknown()).isEqualTo(first);
    assertThat(log.deliveries.extend(subscription, first, seconds(9)).unknown()).isEqualTo(first);
  }

  @Test
  void deliversNoMoreThanMaxInFlight() {
    Subscription narrow =
        log.subscribe(
            "narrow",
            new Definition(List.of(), null, seconds(30), 3, Log.DEFAULT.backoff(), 2, null));
    log.publish("t", "a", "b", "c", "d");
    List<Received> received = log.pull(narrow, 10);

    assertThat(received).extracting(Received::id).containsExactly("a", "b");
    assertThat(log.pull(narrow, 10)).isEmpty();
    log.ack(narrow, received.subList(1, 2));
    assertThat(log.pullIds(narrow, 10)).containsExactly("c");
    assertThat(log.state(narrow).inFlight()).isEqualTo(2);
  }

  @Test
  void deadLettersAreDeliveredAnew() {
    log.publish("t", "a", "b");
    for (int i = 0; i < 3; i++) {
      List<Received> received = log.pull(subscription, 10);
      log.ack(subscription, received.stream().filter(one -> one.id().equals("b")).toList());
      log.pass(Duration.ofMinutes(5));
    }
    log.deliveries.expire(subscription);
    List<Long> offsets = subscription.deadLetters(-1, 10).stream().map(DeadLetter::offset).toList();
    assertThat(offsets).containsExactly(0L);

    log.record(new SubscriptionRecord.Replayed("s", offsets));
    List<Received> again = log.pull(subscription, 10);
    assertThat(again).extracting(Received::id).containsExactly("a");
    assertThat(again.getFirst().delivery()).isEqualTo(1);
    log.ack(subscription, again);
    assertThat(subscription.deadLetters(-1, 10)).isEmpty();
    assertThat(log.pull(subscription, 10)).isEmpty();
  }

  @Test
  void afterSeekingWhatWasDeliveredCannotBeAcknowledgedAnyMore() {
    log.publish("t", "a", "b");
    List<Received> received = log.pull(subscription, 1);
    log.record(new SubscriptionRecord.Sought("s", -1));

    assertThat(log.ack(subscription, received).unknown()).hasSize(1);
    assertThat(log.pullIds(subscription, 10)).containsExactly("a", "b");
  }

  @Test
  void guessedIdsAcknowledgeNothing() {
    log.publish("t", "a");
    String id = log.pull(subscription, 1).getFirst().ackId();
    String forged = (id.charAt(0) == 'A' ? "B" : "A") + id.substring(1);
    List<String> guesses = List.of("", "0", forged, "x".repeat(35), "é".repeat(35), id + "A");

    assertThat(log.deliveries.acknowledge(subscription, guesses).unknown()).isEqualTo(guesses);
    Subscription other = log.subscribe("other", Log.DEFAULT);
    assertThat(log.deliveries.acknowledge(other, List.of(id)).count()).isZero();
  }
}
