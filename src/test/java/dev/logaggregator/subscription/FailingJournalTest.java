package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.Durability;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.JournalEntry;
import dev.logaggregator.journal.JournalFailedException;
import dev.logaggregator.journal.JournalSink;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing counts as done with whose record couldn't be made durable. */
class FailingJournalTest {

  /** How many entries succeed. */
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  private final Log log = new Log(new Failing(new NoJournal(), left), RetentionSettings.DEFAULT);
  private final Subscription subscription =
      log.subscribe(
          "s",
          new Definition(
              List.of(), null, Duration.ofSeconds(30), 1, Log.DEFAULT.backoff(), 100, null));

  @AfterEach
  void close() {
    log.close();
  }

  private record Failing(NoJournal journal, AtomicInteger left) implements Journal {

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
      if (left.getAndDecrement() <= 0) {
        throw new JournalFailedException("the disk is full", null);
      }
      return journal.append(entry);
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  @Test
  void allThatWereToGoToTheDeadLettersAndDidNotAreStillOpen() {
    log.publish("t", "a", "b", "c", "d", "e");
    log.pull(subscription, 10);
    log.pass(Duration.ofSeconds(31));
    left.set(2);
    assertThatThrownBy(() -> log.pull(subscription, 10))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(log.state(subscription).backlog()).isEqualTo(3);
    assertThat(log.state(subscription).deadLettered()).isEqualTo(2);
  }
}
