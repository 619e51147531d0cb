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

  private static MockHttpServletRequest request(String query, String... keys) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/publish/t");
    request.setQueryString(query);
    for (String key : keys) {
      request.addHeader(
          "Idempotency-Key", new String(key.getBytes(UTF_8), StandardCharsets.ISO_8859_1));
    }
    return request;
  }

  private static PublishParameters parse(String query, String... keys) {
    return PublishParameters.ofTopic(request(query, keys));
  }

  @Test
  void areAllOptional() {
    for (String query : new String[] {null, "", "&", "&&"}) {
      PublishParameters parameters = parse(query);
      assertThat(parameters.id()).isNull();
      assertThat(parameters.source()).isNull();
      assertThat(parameters.level()).isNull();
      assertThat(parameters.timestamp()).isNull();
      assertThat(parameters.splitLines()).isFalse();
    }
  }

  @Test
  void areReadFromTheQueryString() {
    PublishParameters parameters =
        parse("id=e-1&source=check%20out+%C3%A9&level=warning&timestamp=1795330800&split=lines");
    assertThat(parameters.id()).asString(UTF_8).isEqualTo("e-1");
    assertThat(parameters.source()).asString(UTF_8).isEqualTo("check out é");
    assertThat(parameters.level()).isEqualTo(Level.WARN);
    assertThat(parameters.timestamp()).isEqualTo("2026-11-22T07:00:00Z");
    assertThat(parameters.splitLines()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T07:00:00Z", "2026-11-22T14:00:00%2B07:00", "2026-11-22T14:00:00+07:00",
        "2026-11-22%2007:00:00Z", "2026-11-22+14:00:00.000+07:00", "1795330800000"
      })
  void haveTimesWithAndWithoutEncoding(String timestamp) {
    assertThat(parse("timestamp=" + timestamp).timestamp())
        .isEqualTo(Instant.parse("2026-11-22T07:00:00Z"));
  }

  @Test
  void takeTheIdFromTheIdempotencyKey() {
    assertThat(parse(null, "k-é").id()).asString(UTF_8).isEqualTo("k-é");
    assertThat(PublishParameters.ofEnvelopes(request(null, "k")).id()).asString().isEqualTo("k");
    assertThat(parse("id=x", "k").id()).asString().isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id= | id | must have 1 to 256 characters",
        "id | id | must have 1 to 256 characters",
        "id=a%0Ab | id | must not have control characters",
        "id=%00 | id | must not have control characters",
        "id=a&id=b | id | must not be repeated",
        "id=a&%69d=b | id | must not be repeated",
        "level= | level | must be one of TRACE",
        "level=loud | level | must be one of TRACE",
        "timestamp=now | timestamp | must be RFC 3339",
        "timestamp= | timestamp | must be RFC 3339",
        "split=line | split | must be lines",
        "split | split | must be lines",
        "topic=x | topic | is no parameter of /publish/{topic}",
        "ID=x | ID | is no parameter of /publish/{topic}",
        "=x | '' | is no parameter of /publish/{topic}",
        "id=%zz | query string | two hexadecimal digits",
        "id=%1 | query string | two hexadecimal digits",
        "id=% | query string | two hexadecimal digits",
        "id=%ff | query string | must be UTF-8",
        "source=%ed%a0%80 | query string | must be UTF-8"
      })
  void areStrict(String query, String field, String reason) {
    assertThatThrownBy(() -> parse(query))
        .isInstanceOfSatisfying(
            InvalidEventException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.reason()).contains(reason);
            });
  }

  @Test
  void areNotTooLong() {
    assertThat(parse("source=" + "x".repeat(256)).source()).hasSize(256);
    assertThatThrownBy(() -> parse("source=" + "x".repeat(257)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("at most 256");
    assertThatThrownBy(() -> parse(null, "x".repeat(257)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("1 to 256");
  }

  @Test
  void areNoneForEnvelopes() {
    assertThatThrownBy(() -> PublishParameters.ofEnvelopes(request("source=x")))
        .isInstanceOfSatisfying(
            InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("source"))
        .hasMessageContaining("/publish, which has none");
  }

  @Test
  void areUtf8InHeadersToo() {
    MockHttpServletRequest request = request(null);
    request.addHeader("Idempotency-Key", "\u00ff");
    assertThatThrownBy(() -> PublishParameters.ofTopic(request))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("must be UTF-8");
  }
}
