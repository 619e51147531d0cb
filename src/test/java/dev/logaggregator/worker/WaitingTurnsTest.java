package dev.logaggregator.worker;

import static dev.logaggregator.worker.WaitingTurns.Kind.BEGINS;
import static dev.logaggregator.worker.WaitingTurns.Kind.GOES_ON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits gets a turn however many others wait. */
class WaitingTurnsTest {

  private final WaitingTurns<String> waiting = new WaitingTurns<>();
  private final List<String> had = new ArrayList<>();

  private void add(String client, WaitingTurns.Kind kind, String name) {
    waiting.add(client, kind, name);
  }

  private List<String> all() {
    while (!waiting.isEmpty()) {
      had.add(waiting.next());
    }
    return had;
  }

  @Test
  void aClientsTurnsComeInTheOrderInWhichItCame() {
    add("a", BEGINS, "first");
    add("a", BEGINS, "second");

    assertThat(all()).containsExactly("first", "second");
  }

  @Test
  void aCrowdOfOneClientHoldsUpAnotherOneForOneTurn() {
    for (int i = 0; i < 1_000; i++) {
      add("crowd", BEGINS, "crowd");
    }
    add("other", BEGINS, "other");

    assertThat(all().indexOf("other")).isEqualTo(1);
  }

  @Test
  void whoBeginsPassesThoseOfItsClientThatGoOn() {
    for (int i = 0; i < 100; i++) {
      add("a", GOES_ON, "large");
    }
    add("a", BEGINS, "small");

    assertThat(all()).startsWith("small", "large");
  }

  @Test
  void whoGoesOnIsNotPassedForEver() {
    add("a", GOES_ON, "large");
    for (int i = 0; i < 100; i++) {
      add("a", BEGINS, "small");
    }

    assertThat(all().indexOf("large")).isEqualTo(WaitingTurns.MOST_BEGINNINGS);
  }

  @Test
  void aClientThatComesBackWaitsForTheOthersAgain() {
    add("a", BEGINS, "a1");
    add("b", BEGINS, "b1");
    add("b", BEGINS, "b2");
    had.add(waiting.next());
    add("a", BEGINS, "a2");

    assertThat(all()).containsExactly("a1", "b1", "a2", "b2");
  }
}
