package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.subscription.Log.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of what was before, where a subscription is moved or wants something else. */
class SeekTest {

  private final Log log = Log.keeping(100);
  private final Subscription subscription = log.subscribe("s", Log.DEFAULT);

  @AfterEach
  void close() {
    log.close();
  }

  private void seek(long offset) {
    log.record(new SubscriptionRecord.Sought("s", offset));
  }

  /** In flight, in a pause, or ready: all of it is given up. */
  @Test
  void allComesOnceAndAsForTheFirstTime() {
    log.publish("t", "ready", "paused", "inflight");
    List<Received> received = log.pull(subscription, 1);
    log.deliveries.fail(
        subscription, List.of(received.getFirst().ackId()), Duration.ofMillis(1), "no");
    received = log.pull(subscription, 1);
    log.deliveries.fail(
        subscription, List.of(received.getFirst().ackId()), Duration.ofSeconds(9), "no");
    log.pull(subscription, 1);
    log.pass(Duration.ofSeconds(1));
    log.deliveries.expire(subscription);
    seek(-1);

    assertThat(log.state(subscription).inFlight()).isZero();
    log.pass(Duration.ofMinutes(1));
    assertThat(log.pull(subscription, 10))
        .extracting(Received::id, Received::delivery)
        .containsExactly(
            Tuple.tuple("ready", 1), Tuple.tuple("paused", 1), Tuple.tuple("inflight", 1));
    assertThat(log.state(subscription).inFlight()).isEqualTo(3);
  }

  /** After moving back, the same event is both under way and among the dead letters. */
  @Test
  void aDeadLetterThatIsUnderWayAgainIsSentAgainOnceOnly() {
    log.publish("t", "a");
    log.deliveries.giveUp(subscription, log.pull(subscription, 1).getFirst().ackId(), "no");
    seek(-1);
    log.pull(subscription, 1);
    log.record(new SubscriptionRecord.Replayed("s", List.of(0L)));

    List<Received> again = log.pull(subscription, 10);
    assertThat(again).extracting(Received::delivery).containsExactly(1);
    log.ack(subscription, again);
    log.pass(Duration.ofDays(1));
    assertThat(log.pull(subscription, 10)).isEmpty();
    assertThat(log.state(subscription).backlog()).isZero();
  }

  @Test
  void theBacklogIsThatOfTheNewFilter() {
    log.publish("t", "a", "b");
    log.publish("u", "c");
    assertThat(log.state(subscription).backlog()).isEqualTo(3);

    log.record(
        new SubscriptionRecord.Put(
            "s",
            new Definition(
                List.of("u"), null, Duration.ofSeconds(30), 3, Log.DEFAULT.backoff(), 10, null),
            0));
    assertThat(log.state(subscription).backlog()).isEqualTo(1);
  }

  private Taken take() throws IOException {
    return log.deliveries.take(
        subscription, 10, Duration.ofSeconds(30), new Log.Receiving(new ArrayList<>()));
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      log.publish("t", "id-" + log.store.watermark());
    }
  }

  @Test
  void whatRetentionHasTakenIsToldOnce() throws IOException {
    publish(300);
    long oldest = log.store.firstRetainedOffset();

    Taken taken = take();
    assertThat(taken.gap()).isNotNull();
    assertThat(taken.gap().from().offset()).isEqualTo(-1);
    assertThat(taken.gap().to().offset()).isEqualTo(oldest - 1);
    assertThat(take().gap()).isNull();
  }

  @Test
  void nothingIsMissingWhereRetentionHasTakenJustWhatLiesBefore() throws IOException {
    publish(300);
    seek(log.store.firstRetainedOffset() - 1);
    assertThat(take().gap()).isNull();

    seek(log.store.firstRetainedOffset() - 2);
    assertThat(take().gap()).isNotNull();
  }

  @Test
  void theBacklogIsCountedAnewWhereSomethingIsMissing() throws IOException {
    publish(50);
    assertThat(log.state(subscription).backlog()).isEqualTo(50);
    publish(300);
    Taken taken = take();

    long retained = log.store.watermark() - log.store.firstRetainedOffset();
    assertThat(taken.gap()).isNotNull();
    assertThat(log.state(subscription).backlog()).isEqualTo(retained);
  }
}
