package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.EventView;
import dev.logaggregator.subscription.Log.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a subscription while somebody reads the log for it. */
class TakingTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Log log = new Log();
  private final Subscription subscription = log.subscribe("s", Log.DEFAULT);

  @AfterEach
  void close() {
    log.close();
  }

  /** Has something happen in the middle of reading, before it takes the event. */
  private static class Interrupted implements DeliverySink {

    private final List<Received> received = new ArrayList<>();
    private final Consumer<EventView> meanwhile;
    private boolean wanted = true;

    Interrupted(Consumer<EventView> meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public Accepted accept(Delivery delivery, EventView event) {
      meanwhile.accept(event);
      received.add(new Received(event.id(), delivery.number(), delivery.ackId()));
      return Accepted.AND_MORE;
    }

    @Override
    public void undo(int count) {
      received.subList(received.size() - count, received.size()).clear();
    }

    @Override
    public boolean isWanted() {
      return wanted;
    }

    List<String> ids() {
      return received.stream().map(Received::id).toList();
    }
  }

  private Taken take(DeliverySink sink) {
    return take(10, sink);
  }

  private Taken take(int max, DeliverySink sink) {
    try {
      return log.deliveries.take(subscription, max, DEADLINE, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By another thread, which would wait for whatever the reading one holds. */
  private static void elsewhere(Runnable action) {
    CompletableFuture.runAsync(action).orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void publishingAndRecordsGoOnWhileTheLogIsRead() {
    log.publish("t", "a");
    Interrupted sink =
        new Interrupted(
            event ->
                elsewhere(
                    () -> {
                      log.publish("t", "later");
                      log.record(new SubscriptionRecord.Put("s", Log.DEFAULT, 0));
                      log.record(new SubscriptionRecord.Sought("s", -1));
                      assertThat(subscription.state(0).inFlight()).isZero();
                    }));
    take(sink);

    assertThat(sink.received).as("the position was moved").isEmpty();
    assertThat(log.pullIds(subscription, 10)).containsExactly("a", "later");
    assertThat(log.state(subscription).delivered()).isEqualTo(2);
  }

  @Test
  void theSameHoldsForWhatComesAgain() {
    log.publish("t", "a");
    log.pull(subscription, 1);
    log.pass(Duration.ofSeconds(31));
    Interrupted sink =
        new Interrupted(
            event -> elsewhere(() -> log.record(new SubscriptionRecord.Sought("s", -1))));
    take(sink);

    assertThat(log.ack(subscription, sink.received).count())
        .as("as if the seek came after")
        .isZero();
    List<Received> again = log.pull(subscription, 10);
    assertThat(again).extracting(Received::delivery).containsExactly(1);
  }

  @Test
  void whatIsAcknowledgedMeanwhileIsDoneWith() {
    log.publish("t", "a", "b");
    List<Received> first = log.pull(subscription, 1);
    Interrupted sink = new Interrupted(event -> elsewhere(() -> log.ack(subscription, first)));
    take(sink);

    assertThat(sink.ids()).containsExactly("b");
    log.ack(subscription, sink.received);
    log.pass(Duration.ofDays(1));
    assertThat(log.pull(subscription, 10)).isEmpty();
    assertThat(log.state(subscription).cursor()).isEqualTo(1);
  }

  @Test
  void nothingIsDeliveredOnceItIsPaused() {
    log.publish("t", "a");
    Interrupted sink =
        new Interrupted(event -> log.record(new SubscriptionRecord.Paused("s", "broken")));
    take(sink);
    assertThat(sink.received).isEmpty();

    log.record(new SubscriptionRecord.Paused("s", null));
    assertThat(log.pullIds(subscription, 10)).containsExactly("a");
  }

  @Test
  void nothingIsDeliveredOnceItIsDeletedAndNothingIsHeld() {
    log.publish("t", "a");
    Interrupted sink = new Interrupted(event -> log.record(new SubscriptionRecord.Deleted("s")));
    take(sink);

    assertThat(sink.received).isEmpty();
    assertThat(log.heldForDeliveries()).isZero();
  }

  @Test
  void theFilterThatItHasThenDecides() {
    log.publish("t", "a");
    Interrupted sink =
        new Interrupted(
            event ->
                log.record(
                    new SubscriptionRecord.Put(
                        "s",
                        new Definition(
                            List.of("u"), null, DEADLINE, 3, Log.DEFAULT.backoff(), 10, null),
                        0)));
    take(sink);
    log.publish("u", "b");

    assertThat(sink.received).isEmpty();
    assertThat(log.pullIds(subscription, 10)).containsExactly("b");
  }

  @Test
  void nothingIsDeliveredToAClientThatHasGone() {
    log.publish("t", "a");
    Interrupted sink = new Interrupted(event -> {});
    sink.wanted = false;
    assertThat(take(sink).count()).isZero();

    Interrupted leaving = new Interrupted(event -> {});
    Interrupted left =
        new Interrupted(event -> {}) {
          @Override
          public boolean isWanted() {
            return received().isEmpty();
          }

          private List<Received> received() {
            return leaving.received;
          }

          @Override
          public Accepted accept(Delivery delivery, EventView event) {
            return leaving.accept(delivery, event);
          }

          @Override
          public void undo(int count) {
            leaving.undo(count);
          }
        };
    assertThat(take(left).count()).as("it went while the log was read").isZero();

    assertThat(log.pull(subscription, 10)).extracting(Received::delivery).containsExactly(1);
  }

  @Test
  void aSinkThatFailsLeavesNothingUnderWay() {
    log.publish("t", "a", "b");
    log.pull(subscription, 1);
    log.pass(Duration.ofSeconds(31));
    long held = log.heldForDeliveries();
    for (int i = 0; i < 2; i++) {
      Interrupted failing =
          new Interrupted(
              event -> {
                throw new IllegalStateException("no");
              });
      assertThatThrownBy(() -> take(failing)).hasMessage("no");
      assertThat(log.heldForDeliveries()).as("that of one event").isEqualTo(held);
    }

    assertThat(log.state(subscription).inFlight()).isZero();
    assertThat(log.pull(subscription, 10))
        .extracting(Received::id, Received::delivery)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 2),
            org.assertj.core.groups.Tuple.tuple("b", 1));
  }

  /** Takes so many and no more. */
  private record Narrow(int most, List<Received> received) implements DeliverySink {

    @Override
    public Accepted accept(Delivery delivery, EventView event) {
      return received.size() < most
          ? new Log.Receiving(received).accept(delivery, event)
          : Accepted.NOT;
    }

    @Override
    public void undo(int count) {
      new Log.Receiving(received).undo(count);
    }

    @Override
    public boolean isWanted() {
      return true;
    }
  }

  @Test
  void aSinkThatFailsForWhatIsNewHoldsNoMemoryForIt() {
    log.publish("t", "a", "b");
    Interrupted failing =
        new Interrupted(
            event -> {
              throw new IllegalStateException("no");
            });
    assertThatThrownBy(() -> take(failing)).hasMessage("no");

    assertThat(log.heldForDeliveries()).isZero();
  }

  @Test
  void whatIsNotTakenIsTheNextOneForTheOthers() {
    log.publish("t", "a", "b", "c", "d");
    List<Received> first = new ArrayList<>();
    Taken taken = take(new Narrow(2, first));
    assertThat(taken.count()).isEqualTo(2);
    assertThat(taken.mayHaveMore()).isFalse();
    assertThat(log.pullIds(subscription, 10)).containsExactly("c", "d");

    log.pass(Duration.ofSeconds(31));
    List<Received> second = new ArrayList<>();
    assertThat(take(new Narrow(1, second)).count()).isEqualTo(1);
    assertThat(log.state(subscription).inFlight()).isEqualTo(1);
    assertThat(log.pull(subscription, 10)).extracting(Received::delivery).containsExactly(2, 2, 2);
  }

  @Test
  void theFirstEventOfTheLogMayBeRefusedLikeAnyOther() {
    log.publish("t", "a");
    assertThat(take(new Narrow(0, new ArrayList<>())).count()).isZero();
    assertThat(log.pullIds(subscription, 10)).containsExactly("a");

    log.pass(Duration.ofSeconds(31));
    assertThat(take(new Narrow(0, new ArrayList<>())).count()).isZero();
    assertThat(log.pull(subscription, 10)).extracting(Received::delivery).containsExactly(2);
  }

  @Test
  void whatComesAgainAndWhatIsNewAreNoMoreThanWasAskedFor() {
    List<String> many = IntStream.range(0, 150).mapToObj(i -> "id-" + i).toList();
    log.publish("t", many.toArray(String[]::new));
    log.pull(subscription, 150);
    log.publish("t", "new-1", "new-2");
    log.pass(Duration.ofSeconds(31));

    assertThat(log.pullIds(subscription, 120)).isEqualTo(many.subList(0, 120));
    List<String> rest = new ArrayList<>(many.subList(120, 150));
    rest.add("new-1");
    assertThat(log.pullIds(subscription, 31)).isEqualTo(rest);
  }

  @Test
  void saysWhetherItIsWorthToTryAgain() {
    log.publish("t", "a", "b");
    assertThat(take(3, new Interrupted(event -> {})).mayHaveMore()).as("the log ends").isFalse();
    log.record(new SubscriptionRecord.Sought("s", -1));
    assertThat(take(1, new Interrupted(event -> {})).mayHaveMore()).as("there is more").isTrue();
    Interrupted moved =
        new Interrupted(event -> log.record(new SubscriptionRecord.Sought("s", -1)));
    assertThat(take(3, moved).mayHaveMore()).as("it was moved meanwhile").isTrue();
  }

  @Test
  void aDeadLetterThatIsSentAgainMeanwhileIsComeTo() {
    log.publish("t", "dead", "a");
    List<Received> received = log.pull(subscription, 10);
    log.deliveries.giveUp(subscription, received.getFirst().ackId(), "no");
    log.ack(subscription, received.subList(1, 2));
    log.publish("t", "b");
    Interrupted sink =
        new Interrupted(event -> log.record(new SubscriptionRecord.Replayed("s", List.of(0L))));
    take(sink);

    assertThat(sink.ids()).containsExactly("b");
    assertThat(log.pullIds(subscription, 10)).containsExactly("dead");
  }
}
