package dev.logaggregator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  private final Shutdown shutdown = new Shutdown();

  @Test
  void hasNotBegunWhileTheServiceRuns() {
    assertThat(shutdown.hasBegun()).isFalse();
  }

  @Test
  void isToldToAllWhenItBegins() {
    List<String> told = new ArrayList<>();
    shutdown.whenBegun(() -> told.add("first, begun: " + shutdown.hasBegun()));
    shutdown.whenBegun(() -> told.add("second"));

    shutdown.begin();

    assertThat(told).containsExactly("first, begun: true", "second");
  }
}
