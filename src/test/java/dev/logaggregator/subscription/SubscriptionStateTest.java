package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Durability;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.JournalEntry;
import dev.logaggregator.journal.JournalSink;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.subscription.Log.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a subscription says of itself, and what is left of it after a restart. */
class SubscriptionStateTest {

  @Test
  void countsItsBacklogAndWhatBecameOfIt() {
    try (Log log = new Log()) {
      Subscription subscription =
          log.subscribe(
              "s",
              new Definition(
                  List.of("orders.**"),
                  null,
                  Duration.ofSeconds(30),
                  3,
                  Log.DEFAULT.backoff(),
                  1_000,
                  null));
      log.publish("other", "x");
      log.publish("orders.created", "a", "b", "c", "d");
      log.publish("other", "y");
      assertThat(log.state(subscription).backlog()).isEqualTo(4);

      List<Received> received = log.pull(subscription, 3);
      log.ack(subscription, received.subList(0, 2));
      log.publish("orders.created", "e");
      log.pass(Duration.ofSeconds(31));
      log.pull(subscription, 1);

      Subscription.State state = log.state(subscription);
      assertThat(state.backlog()).isEqualTo(3);
      assertThat(state.inFlight()).isEqualTo(1);
      assertThat(state.delivered()).isEqualTo(4);
      assertThat(state.redelivered()).isEqualTo(1);
      assertThat(state.acked()).isEqualTo(2);
      assertThat(log.describe(subscription)).contains("\"oldestUnackedAge\":\"31s\"");
    }
  }

  @Test
  void isToldWhatRetentionHasTaken() {
    try (Log log = Log.keeping(100)) {
      Subscription subscription = log.subscribe("s", Log.DEFAULT);
      log.publish("t", "held");
      log.pull(subscription, 1);
      for (int i = 0; i < 500; i++) {
        log.publish("t", "id-" + i);
      }
      List<Received> received = log.pull(subscription, 1);

      assertThat(received.getFirst().id()).isNotEqualTo("id-0");
      Subscription.State state = log.state(subscription);
      assertThat(state.gap()).isNotNull();
      assertThat(state.gap().from().offset()).isZero();
      assertThat(state.gap().to().offset()).isEqualTo(log.store.firstRetainedOffset() - 1);
      assertThat(state.backlog())
          .as("what is retained, and the one in flight")
          .isEqualTo(log.store.watermark() - log.store.firstRetainedOffset() + 1);

      log.pass(Duration.ofSeconds(31));
      log.pull(subscription, 10);
      assertThat(subscription.deadLetters(-1, 10))
          .extracting(DeadLetter::reason)
          .containsExactly("evicted by retention before it was acknowledged");
    }
  }

  /** Remembers what it was handed, to hand it over again. */
  private record Remembering(List<JournalEntry> entries) implements Journal {

    private static JournalSink current;

    @Override
    public Durability durability() {
      return Durability.MEMORY;
    }

    @Override
    public void open(JournalSink sink) {
      entries.forEach(sink::apply);
      current = sink;
    }

    @Override
    public Receipt append(JournalEntry entry) {
      entries.add(entry);
      return current.apply(entry);
    }

    @Override
    public void close() {}
  }

  /** Random consumption and random restarts: each event is acknowledged, none is lost. */
  @Test
  void isAsItWasWhenItsRecordsAreReplayed() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<JournalEntry> entries = new ArrayList<>();
      Log log = new Log(new Remembering(entries), RetentionSettings.DEFAULT);
      log.subscribe("s", Log.DEFAULT);
      Set<String> published = new TreeSet<>();
      Set<String> acked = new TreeSet<>();
      int pulls = 0;
      while (acked.size() < 100 || published.size() < 100) {
        if (published.size() < 100) {
          String id = "id-" + published.size();
          published.add(id);
          log.publish(random.nextBoolean() ? "t" : "u", id);
        }
        Subscription subscription = log.subscription("s");
        List<Received> received = log.pull(subscription, 1 + random.nextInt(5));
        pulls += received.size();
        for (Received one : received) {
          if (random.nextInt(3) > 0) {
            assertThat(acked.add(one.id())).as("%s, seed %d, comes again", one.id(), seed).isTrue();
            log.ack(subscription, List.of(one));
          }
        }
        if (random.nextInt(10) == 0) {
          var now = log.now;
          log.close();
          log = new Log(new Remembering(entries), RetentionSettings.DEFAULT);
          log.now = now;
        }
        log.pass(Duration.ofSeconds(random.nextInt(40)));
        List<Long> dead =
            log.subscription("s").deadLetters(-1, 100).stream().map(DeadLetter::offset).toList();
        if (!dead.isEmpty()) {
          log.record(new SubscriptionRecord.Replayed("s", dead));
        }
      }
      assertThat(acked).isEqualTo(published);
      assertThat(pulls).isGreaterThan(100);
      log.close();
    }
  }
}
