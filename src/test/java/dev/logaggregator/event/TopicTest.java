package dev.logaggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "0", "_", "-", "a.b", "orders.created", "A-b_c.9.-", "a._b"})
  void isMadeOfSegments(String name) {
    assertThat(new Topic(name).name()).isEqualTo(name);
    assertThat(new Topic(name)).hasToString(name);
    assertThat(new Topic(name).bytes()).asString().isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'',must not be blank",
    "' ',must not be blank",
    "'\n',must not be blank",
    ".,must not have empty segments",
    "..,must not have empty segments",
    ".a,must not have empty segments",
    "a.,must not have empty segments",
    "a..b,must not have empty segments",
    "a b,must consist of dot-separated segments",
    "' a',must consist of dot-separated segments",
    "a/b,must consist of dot-separated segments",
    "a\\b,must consist of dot-separated segments",
    "a*,must consist of dot-separated segments",
    "%2e,must consist of dot-separated segments",
    "é,must consist of dot-separated segments",
    "ａ,must consist of dot-separated segments",
    "'a\u0000',must consist of dot-separated segments",
    "'a\n',must consist of dot-separated segments"
  })
  void isMadeOfNothingElse(String name, String reason) {
    assertThatThrownBy(() -> new Topic(name))
        .isInstanceOfSatisfying(
            InvalidEventException.class,
            e -> {
              assertThat(e.field()).isEqualTo("topic");
              assertThat(e.reason()).startsWith(reason);
            });
  }

  @Test
  void hasAtMost255Characters() {
    assertThatNoException().isThrownBy(() -> new Topic("x".repeat(255)));
    assertThatThrownBy(() -> new Topic("x".repeat(256)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage("must have at most 255 characters");
  }

  @Test
  void isTheSystemsWhenItStartsWithAnUnderscore() {
    assertThat(Topic.REJECTED.isSystem()).isTrue();
    assertThat(new Topic("_a.b").isSystem()).isTrue();
    assertThat(new Topic("a._b").isSystem()).isFalse();
    assertThatThrownBy(() -> Topic.publishable("_a"))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("are the system's");
    assertThat(Topic.publishable("a._b").name()).isEqualTo("a._b");
  }

  @Test
  void isCaseSensitive() {
    assertThat(new Topic("a")).isEqualTo(new Topic("a")).isNotEqualTo(new Topic("A"));
    assertThat(new Topic("B")).isLessThan(new Topic("a"));
  }
}
