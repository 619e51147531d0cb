package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which font the page gets is the machine's affair; a level is to be read in whole in any. */
class LevelColumnIT {

  private static final List<Look> LOOKS = List.of(Look.DESK, new Look(390, 844, ColorScheme.LIGHT));

  /**
   * Words that are wider than their cells, and cells that don't begin below one another. The letter
   * spacing stands for a font that is wider than any that may be installed.
   */
  private static final String FAULTS =
      """
      ([family, spacing]) => {
        const { style } = document.documentElement;
        style.setProperty('--sans', family);
        style.setProperty('letter-spacing', spacing);
        const rows = [...document.querySelectorAll('.event:not(.names), .list .head')]
          .filter((row) => row.offsetParent !== null);
        const word = document.createRange();
        const cut = rows.map((row) => row.querySelector('.level')).filter((cell) => {
          word.selectNodeContents(cell);
          return word.getBoundingClientRect().width > cell.getBoundingClientRect().width + 0.01;
        }).map((cell) => `${cell.textContent} is cut`);
        const places = new Set(rows.map((row) => row.querySelector('.topic').getBoundingClientRect().left));
        return places.size > 1 ? [...cut, `topics begin at ${[...places].join(' and ')}`] : cut;
      }
      """;

  private static RunningAggregator aggregator;

  @BeforeAll
  static void publishOneOfEachLevel() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    String events =
        Stream.of("trace", "debug", "info", "warn", "error", "fatal")
            .map(level -> "{\"topic\":\"levels\",\"level\":\"%s\"}".formatted(level))
            .collect(Collectors.joining("\n"));
    aggregator.post("/publish", "application/x-ndjson", events + "\n{\"topic\":\"levels\"}");
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DejaVu Sans, Verdana, sans-serif", "monospace", "serif; 0.3em", "serif; -1px"})
  void holdsItsWordsInAnyFont(String font) {
    String[] parts = font.split("; ", 2);
    List<String> familyAndSpacing = List.of(parts[0], parts.length > 1 ? parts[1] : "normal");
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore")) {
      assertThat(dashboard.rows()).hasCount(7);
      for (Look look : LOOKS) {
        dashboard.become(look);
        assertThat((List<?>) dashboard.page().evaluate(FAULTS, familyAndSpacing))
            .as("%s, %s", font, look)
            .isEmpty();
      }
    }
  }
}
