package dev.logaggregator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.store.DeduplicationSettings;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.TopicSettings;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class LogHealthTest {

  private final EventStore store =
      new EventStore(
          new NoJournal(),
          RetentionSettings.DEFAULT,
          DeduplicationSettings.DEFAULT,
          TopicSettings.DEFAULT,
          InstantSource.system());

  @Test
  void isUpWhileTheLogTakesEvents() {
    assertThat(new LogHealth(store).health().getStatus()).isEqualTo(Status.UP);
    store.close();
  }

  @Test
  void isDownWithTheReasonOnceItDoesNot() {
    store.close();

    assertThat(new LogHealth(store).health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(new LogHealth(store).health().getDetails())
        .containsEntry("reason", store.unavailableReason());
  }
}
