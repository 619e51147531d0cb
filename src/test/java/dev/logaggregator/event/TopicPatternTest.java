package dev.logaggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

  @ParameterizedTest
  @CsvSource({
    "orders, orders, true",
    "orders, orders.created, false",
    "orders.*, orders.created, true",
    "orders.*, orders, false",
    "orders.*, orders.eu.created, false",
    "orders.**, orders.eu.created, true",
    "orders.**, orders, true",
    "orders.**, ordersx, false",
    "orders**, ordersx.y, true",
    "**.error, app.error, true",
    "**.error, error, false",
    "*, a, true",
    "*, a.b, false",
    "**, a.b, true",
    "a*a, a, false",
    "*.*, a.b, true",
    "**, _rejected, false",
    "_*, _rejected, true",
    "_rejected, _rejected, true",
  })
  void matchesAsTheContractSays(String pattern, String topic, boolean expected) {
    assertThat(TopicPattern.parse(pattern).matches(new Topic(topic))).isEqualTo(expected);
  }

  @Test
  void matchesWhatTheSameRegularExpressionMatches() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String pattern = random(random, "ab.***");
      String name = "a" + random(random, "ab.").replaceAll("\\.+", ".").replaceAll("\\.$", "");
      if (pattern.indexOf('*') < 0 && !Topic.isName(pattern)) {
        continue;
      }
      assertThat(TopicPattern.parse(pattern).matches(new Topic(name)))
          .as("seed %d: %s and %s", seed, pattern, name)
          .isEqualTo(regex(pattern).matcher(name).matches());
    }
  }

  private static String random(Random random, String characters) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static Pattern regex(String pattern) {
    String parent = pattern.endsWith(".**") ? pattern.substring(0, pattern.length() - 3) : pattern;
    return Pattern.compile(translated(pattern) + "|" + translated(parent));
  }

  private static String translated(String pattern) {
    return pattern
        .replace(".", "\\.")
        .replace("**", ".+*")
        .replace("*", "[^.]*")
        .replace(".+[^.]*", ".*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "orders/*", "ä", "a,b", "a\nb", "a..b", "a.", ".a"})
  void refusesWhatNoTopicHas(String pattern) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> TopicPattern.parse(pattern))
        .satisfies(e -> assertThat(e.field()).isEqualTo("topic"));
  }
}
