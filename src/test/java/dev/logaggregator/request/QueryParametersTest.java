package dev.logaggregator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.InvalidEventException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class QueryParametersTest {

  @Test
  void namesTheParametersThatThereAreWhenOneIsUnknown() {
    assertThatRefused(() -> parameters("lmit", "5"))
        .hasMessage("is not a parameter here; these are: a, b, n")
        .extracting("field")
        .isEqualTo("lmit");
  }

  @Test
  void saysWhenThereAreNone() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addParameter("x", "1");

    assertThatRefused(() -> QueryParameters.of(request, Set.of()))
        .hasMessage("is not a parameter here: there are none");
  }

  @Test
  void shortensWhatItRepeatsOfABadRequest() {
    assertThatRefused(() -> parameters("x".repeat(10_000), ""))
        .extracting("field")
        .asString()
        .hasSizeLessThan(100);
  }

  @Test
  void takesAParameterOnceOnly() {
    assertThat(parameters("a", "1").text("a")).isEqualTo("1");
    assertThat(parameters("a", "1").text("b")).isNull();
    assertThatRefused(() -> parameters("a", "1", "a", "2").text("a"))
        .hasMessage("must not be repeated");
  }

  @Test
  void readsNumbersWithinTheirBounds() {
    assertThat(parameters("n", "1").number("n", 1, 10, 5)).isEqualTo(1);
    assertThat(parameters("n", "10").number("n", 1, 10, 5)).isEqualTo(10);
    assertThat(parameters().number("n", 1, 10, 5)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "0", "11", "-1", "+1", "1.0", "1e1", "ten", "99999999999", "１"})
  void saysTheBoundsOfANumber(String text) {
    assertThatRefused(() -> parameters("n", text).number("n", 1, 10, 5))
        .hasMessageStartingWith("must be a whole number from 1 to 10");
  }

  @Test
  void readsFlags() {
    assertThat(parameters("a", "1").flag("a")).isTrue();
    assertThat(parameters("a", "true").flag("a")).isTrue();
    assertThat(parameters("a", "0").flag("a")).isFalse();
    assertThat(parameters("a", "false").flag("a")).isFalse();
    assertThat(parameters().flag("a")).isFalse();
    assertThatRefused(() -> parameters("a", "yes").flag("a")).hasMessageContaining("1 or 0");
  }

  @Test
  void readsNamesInAnyCase() {
    assertThat(parameters("a", "seconds").oneOf("a", TimeUnit.class)).isEqualTo(TimeUnit.SECONDS);
    assertThat(parameters("a", "SECONDS").oneOf("a", TimeUnit.class)).isEqualTo(TimeUnit.SECONDS);
    assertThat(parameters().oneOf("a", TimeUnit.class)).isNull();
    assertThatRefused(() -> parameters("a", "weeks").oneOf("a", TimeUnit.class))
        .hasMessageContaining("nanoseconds, microseconds")
        .hasMessageEndingWith("not weeks");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertThatRefused(
      ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(InvalidEventException.class);
  }

  private static QueryParameters parameters(String... namesAndValues) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      request.addParameter(namesAndValues[i], namesAndValues[i + 1]);
    }
    return QueryParameters.of(request, Set.of("a", "b", "n"));
  }
}
