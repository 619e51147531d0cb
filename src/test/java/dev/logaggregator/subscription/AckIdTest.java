package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.subscription.Log.Received;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody can acknowledge what wasn't delivered to them. */
class AckIdTest {

  private final Log log = new Log();
  private final Subscription subscription = log.subscribe("s", Log.DEFAULT);

  @AfterEach
  void close() {
    log.close();
  }

  private long acknowledged(String id) {
    return log.deliveries.acknowledge(subscription, List.of(id)).count();
  }

  /** Of the last character, not all bits count. */
  @Test
  void anIdIsOneInAllItsCharacters() {
    log.publish("t", "a", "b");
    String id = log.pull(subscription, 2).getFirst().ackId();
    for (int at = 0; at < id.length() - 1; at++) {
      char other = id.charAt(at) == 'A' ? 'B' : 'A';
      String changed = id.substring(0, at) + other + id.substring(at + 1);
      assertThat(acknowledged(changed)).as("changed at %d", at).isZero();
    }

    assertThat(acknowledged(id)).isEqualTo(1);
  }

  @Test
  void theIdsOfAnotherProcessAreNotGood() {
    log.publish("t", "a");
    log.pull(subscription, 1);
    try (Log other = new Log()) {
      Subscription same = other.subscribe("s", Log.DEFAULT);
      other.publish("t", "a");
      assertThat(acknowledged(other.pull(same, 1).getFirst().ackId())).isZero();
    }
  }

  @Test
  void theIdsOfBeforeAMoveAreNotGoodForWhatIsDeliveredAnew() {
    log.publish("t", "a");
    List<Received> before = log.pull(subscription, 1);
    log.record(new SubscriptionRecord.Sought("s", -1));
    List<Received> anew = log.pull(subscription, 1);

    assertThat(log.ack(subscription, before).count()).isZero();
    assertThat(log.ack(subscription, anew).count()).isEqualTo(1);
  }
}
