package dev.logaggregator.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** What a request says beside its body. */
class PublishParametersTest {

  /** A request with these parameters, as name, value, name, value. */
  private static MockHttpServletRequest request(String... parameters) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/publish/t");
    for (int i = 0; i < parameters.length; i += 2) {
      request.addParameter(parameters[i], parameters[i + 1]);
      request.setQueryString("there is one");
    }
    return request;
  }

  private static MockHttpServletRequest withKey(MockHttpServletRequest request, String key) {
    // As the container reads it.
    request.addHeader(
        "Idempotency-Key", new String(key.getBytes(UTF_8), StandardCharsets.ISO_8859_1));
    return request;
  }

  private static PublishParameters parse(String... parameters) {
    return PublishParameters.ofTopic(request(parameters));
  }

  @Test
  void areAllOptional() {
    PublishParameters parameters = parse();
    assertThat(parameters.preset().id()).isNull();
    assertThat(parameters.preset().source()).isNull();
    assertThat(parameters.preset().level()).isNull();
    assertThat(parameters.preset().timestamp()).isNull();
    assertThat(parameters.splitLines()).isFalse();
  }

  @Test
  void areReadFromTheQueryString() {
    PublishParameters parameters =
        parse(
            "id",
            "e-1",
            "source",
            "check out é",
            "level",
            "warning",
            "timestamp",
            "1795330800",
            "split",
            "lines");
    assertThat(parameters.preset().id()).asString(UTF_8).isEqualTo("e-1");
    assertThat(parameters.preset().source()).asString(UTF_8).isEqualTo("check out é");
    assertThat(parameters.preset().level()).isEqualTo(Level.WARN);
    assertThat(parameters.preset().timestamp()).isEqualTo("2026-11-22T07:00:00Z");
    assertThat(parameters.splitLines()).isTrue();
  }

  /** A '+' that wasn't encoded arrives as a space. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T07:00:00Z", "2026-11-22T14:00:00+07:00", "2026-11-22T14:00:00 07:00",
        "2026-11-22 07:00:00Z", "2026-11-22 14:00:00.000 07:00", "1795330800000"
      })
  void haveTimesWithAndWithoutEncoding(String timestamp) {
    assertThat(parse("timestamp", timestamp).preset().timestamp())
        .isEqualTo(Instant.parse("2026-11-22T07:00:00Z"));
  }

  @Test
  void takeTheIdFromTheIdempotencyKey() {
    assertThat(PublishParameters.ofTopic(withKey(request(), "k-é")).preset().id())
        .asString(UTF_8)
        .isEqualTo("k-é");
    assertThat(PublishParameters.ofTopic(withKey(request("level", "info"), "k")).preset().id())
        .asString(UTF_8)
        .isEqualTo("k");
    assertThat(PublishParameters.ofEnvelopes(withKey(request(), "k")).preset().id())
        .asString(UTF_8)
        .isEqualTo("k");
    assertThat(PublishParameters.ofTopic(withKey(request("id", "x"), "k")).preset().id())
        .asString(UTF_8)
        .isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "id,'',must have 1 to 256 characters",
    "id,'a\nb',must not have control characters",
    "level,'',must be one of TRACE",
    "level,loud,must be one of TRACE",
    "timestamp,now,must be RFC 3339",
    "timestamp,'',must be RFC 3339",
    "split,line,must be lines",
    "split,'',must be lines",
    "topic,x,is not a parameter here; these are: id",
    "ID,x,is not a parameter here; these are: id"
  })
  void areStrict(String name, String value, String reason) {
    assertInvalid(() -> parse(name, value), name, reason);
  }

  @Test
  void areNotRepeated() {
    assertInvalid(() -> parse("id", "a", "id", "a"), "id", "must not be repeated");
  }

  @Test
  void areNotTooLong() {
    assertThat(parse("source", "é".repeat(256)).preset().source()).hasSize(512);
    assertInvalid(() -> parse("source", "é".repeat(257)), "source", "at most 256");
    assertInvalid(() -> parse("id", "x".repeat(257)), "id", "1 to 256");
    assertInvalid(
        () -> PublishParameters.ofTopic(withKey(request(), "x".repeat(257))), "id", "1 to 256");
  }

  @Test
  void areNoneForEnvelopes() {
    assertInvalid(
        () -> PublishParameters.ofEnvelopes(request("source", "x")), "source", "there are none");
  }

  @Test
  void areUtf8InHeadersToo() {
    MockHttpServletRequest request = request();
    request.addHeader("Idempotency-Key", "\u00ff");
    assertInvalid(() -> PublishParameters.ofTopic(request), "Idempotency-Key", "must be UTF-8");
  }

  private static void assertInvalid(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String field, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidEventException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.reason()).contains(reason);
            });
  }
}
