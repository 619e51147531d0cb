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
import dev.logaggregator.subscription.Log.Received;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What could not be recorded as done with comes again, as it would after a restart. */
class WithoutJournalTest {

  /** Fails from the moment on that it is told to. */
  private static final class Failing implements Journal {

    private final NoJournal working = new NoJournal();
    private boolean broken;

    @Override
    public Durability durability() {
      return working.durability();
    }

    @Override
    public void open(JournalSink sink) {
      working.open(sink);
    }

    @Override
    public Receipt append(JournalEntry entry) {
      if (broken) {
        throw new JournalFailedException("disk full", null);
      }
      return working.append(entry);
    }

    @Override
    public void close() {
      working.close();
    }
  }

  private final Failing journal = new Failing();
  private final Log log = new Log(journal, RetentionSettings.DEFAULT);
  private final Subscription subscription = log.subscribe("s", Log.DEFAULT);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void anAcknowledgementThatIsRefusedLeavesTheEventToBeDelivered() {
    log.publish("t", "a");
    List<Received> received = log.pull(subscription, 1);
    journal.broken = true;

    assertThatThrownBy(() -> log.ack(subscription, received))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(log.pull(subscription, 1)).extracting(Received::delivery).containsExactly(2);
  }

  @Test
  void aDeadLetterThatIsRefusedLeavesTheEventToBeDeliveredAndHoldsNoMemory() {
    log.publish("t", "a");
    String id = log.pull(subscription, 1).getFirst().ackId();
    long held = log.heldForDeliveries();
    journal.broken = true;

    assertThatThrownBy(() -> log.deliveries.giveUp(subscription, id, "no"))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(log.heldForDeliveries()).isEqualTo(held);
    assertThat(log.pull(subscription, 1)).extracting(Received::delivery).containsExactly(2);
  }
}
