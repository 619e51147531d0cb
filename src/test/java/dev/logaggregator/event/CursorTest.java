package dev.logaggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @Test
  void isAnOffsetInANamedLogOrInTheOneThatIsAsked() {
    assertThat(Cursor.parse("after", "k3f9x2ab.42")).isEqualTo(new Cursor("k3f9x2ab", 42));
    assertThat(Cursor.parse("after", "42")).isEqualTo(new Cursor(null, 42));
    assertThat(Cursor.parse("after", "k3f9x2ab.-1")).isEqualTo(new Cursor("k3f9x2ab", -1));
    assertThat(Cursor.parse("after", "-1")).isEqualTo(new Cursor(null, -1));
    assertThat(Cursor.parse("after", "999999999999999999").offset())
        .isEqualTo(999_999_999_999_999_999L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k3f9x2ab.42", "42", "-1", "a.-1", "0"})
  void isWrittenAsItIsRead(String text) {
    assertThat(Cursor.parse("after", text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a",
        "a.",
        ".1",
        "a.b",
        "-2",
        "+1",
        "1.5.",
        "1e3",
        " 1",
        "1 ",
        "a.1 ",
        "A.1",
        "a-b.1",
        "a.b.1",
        "abcdefghijklmnopqrstuvwxyz0123456.1",
        "9999999999999999999",
        "١"
      })
  void isNothingElse(String text) {
    assertThatThrownBy(() -> Cursor.parse("after", text))
        .isInstanceOfSatisfying(
            InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("after"));
  }

  @Test
  void isCitedInPartWhenItIsLong() {
    assertThatThrownBy(() -> Cursor.parse("after", "x".repeat(10_000)))
        .isInstanceOf(InvalidEventException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .hasSizeLessThan(200);
  }
}
