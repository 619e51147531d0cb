package dev.logaggregator.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {

  private static Level parseBytes(String text) {
    byte[] bytes = ("x" + text + "x").getBytes(UTF_8);
    return Level.parse(bytes, 1, bytes.length - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE,TRACE",
    "trc,TRACE",
    "verbose,TRACE",
    "finest,TRACE",
    "finer,TRACE",
    "DEBUG,DEBUG",
    "dbg,DEBUG",
    "fine,DEBUG",
    "INFO,INFO",
    "inf,INFO",
    "information,INFO",
    "informational,INFO",
    "notice,INFO",
    "WARN,WARN",
    "wrn,WARN",
    "warning,WARN",
    "ERROR,ERROR",
    "err,ERROR",
    "severe,ERROR",
    "FATAL,FATAL",
    "ftl,FATAL",
    "critical,FATAL",
    "crit,FATAL",
    "alert,FATAL",
    "emerg,FATAL",
    "emergency,FATAL",
    "panic,FATAL"
  })
  void isKnownByItsUsualSpellingsInAnyCase(String spelling, Level level) {
    String mixed =
        Character.toUpperCase(spelling.charAt(0)) + spelling.substring(1).toLowerCase(Locale.ROOT);
    for (String text :
        new String[] {
          spelling, spelling.toLowerCase(Locale.ROOT), spelling.toUpperCase(Locale.ROOT), mixed
        }) {
      assertThat(Level.parse(text)).as(text).isEqualTo(level);
      assertThat(parseBytes(text)).as(text).isEqualTo(level);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "loud",
        "INF0",
        "INFO ",
        " INFO",
        "INFOS",
        "30",
        "\u0049\u004E\u0046\u004F\u0000",
        "ÍNFO",
        "ınfo",
        "İNFO",
        "informationally informational",
        "none",
        "off",
        "all",
        "4E",
        "\u0009NFO",
        "7RACE",
        "é",
        "\uD83D\uDE80"
      })
  void isNothingElse(String text) {
    assertThat(Level.parse(text)).isNull();
    assertThat(parseBytes(text)).isNull();
  }

  @Test
  void isOrderedBySeverity() {
    assertThat(Level.values())
        .containsExactly(
            Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR, Level.FATAL);
    for (Level level : Level.values()) {
      assertThat(Level.of(level.ordinal())).isEqualTo(level);
    }
  }
}
