package dev.logaggregator.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The most telling of what hostile clients do, against one process with a heap of 230 MB: it lives,
 * answers, loses nothing, and has its memory back. How fast it stays meanwhile is measured by
 * {@link EveryHostileClientIT}.
 */
@Timeout(300)
class HostileClientsIT {

  private static final Trials TRIALS =
      new Trials(Duration.ofSeconds(1), Duration.ofSeconds(3), Bounds.ON_ANY_MACHINE);

  static List<Case> cases() {
    return List.of(
        ReadingCases.unreadStreams("200 streams of events of 1 MiB, unread", World.SOME, 200),
        SendingCases.heads(World.SOME, 1_500, "zstd"),
        SubscriptionCases.inFlight(20, 50_000),
        SearchCases.seek(World.SOME),
        SearchCases.worstSearches(World.SOME),
        ConnectionCases.heads(World.SOME));
  }

  @AfterAll
  static void stop() {
    TRIALS.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void harmsNobodyElse(Case tried) throws Exception {
    assertThat(TRIALS.run(tried).faults()).isEmpty();
  }
}
