package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Durability;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.JournalEntry;
import dev.logaggregator.journal.JournalSink;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.subscription.Log.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that name thousands of deliveries: publishers wait for a part of them at most. */
class ManyAtOnceTest {

  private static final int EVENTS = 1_200;

  private final List<Integer> sizes = new ArrayList<>();
  private final Log log = new Log(new Measuring(sizes), RetentionSettings.DEFAULT);
  private final Subscription subscription =
      log.subscribe(
          "s",
          new Definition(
              List.of(), null, Duration.ofSeconds(30), 1, Log.DEFAULT.backoff(), 10_000, null));

  @AfterEach
  void close() {
    log.close();
  }

  /** Notes how many events each record names. */
  private record Measuring(NoJournal journal, List<Integer> sizes) implements Journal {

    Measuring(List<Integer> sizes) {
      this(new NoJournal(), sizes);
    }

    @Override
    public Durability durability() {
      return journal.durability();
    }

    @Override
    public void open(JournalSink sink) {
      journal.open(sink);
    }

    @Override
    public Receipt append(JournalEntry entry) {
      if (entry instanceof JournalEntry.Recorded recorded) {
        switch ((SubscriptionRecord) recorded.decoded()) {
          case SubscriptionRecord.Done done -> sizes.add(done.offsets().size());
          case SubscriptionRecord.Replayed replayed -> sizes.add(replayed.offsets().size());
          default -> {}
        }
      }
      return journal.append(entry);
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  private List<String> pulled() {
    log.publish("t", IntStream.range(0, EVENTS).mapToObj(Integer::toString).toArray(String[]::new));
    List<Received> received = log.pull(subscription, EVENTS);
    assertThat(received).hasSize(EVENTS);
    return received.stream().map(Received::ackId).toList();
  }

  @Test
  void acknowledgementsAreRecordedInPartsAndAnsweredAsOne() {
    List<String> ids = pulled();
    List<String> named =
        Stream.of(List.of("nonsense"), ids, List.of(ids.getFirst())).flatMap(List::stream).toList();
    Deliveries.Outcome outcome = log.deliveries.acknowledge(subscription, named);

    assertThat(outcome.count()).isEqualTo(EVENTS);
    assertThat(outcome.unknown()).containsExactly("nonsense", ids.getFirst());
    assertThat(sizes).containsExactly(499, 500, 201);
    assertThat(log.state(subscription).acked()).isEqualTo(EVENTS);
    assertThat(log.state(subscription).cursor()).isEqualTo(EVENTS - 1);
  }

  @Test
  void failuresAndTakingBackReachEachOfThem() {
    List<String> ids = pulled();
    assertThat(log.deliveries.extend(subscription, ids, Duration.ofMinutes(5)).count())
        .isEqualTo(EVENTS);
    log.deliveries.takeBack(subscription, ids, Duration.ZERO);
    assertThat(log.state(subscription).inFlight()).isZero();

    List<String> again = log.pull(subscription, EVENTS).stream().map(Received::ackId).toList();
    assertThat(log.deliveries.fail(subscription, again, null, "no").count()).isEqualTo(EVENTS);
    assertThat(log.state(subscription).deadLettered()).isEqualTo(EVENTS);
  }

  @Test
  void allDeadlinesThatHaveEndedHaveTheirEffect() {
    pulled();
    log.pass(Duration.ofSeconds(31));

    assertThat(log.pull(subscription, EVENTS)).isEmpty();
    assertThat(log.state(subscription).deadLettered()).isEqualTo(EVENTS);
    assertThat(log.state(subscription).inFlight()).isZero();
  }
}
