package dev.logaggregator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which content types are taken, and as what. */
class BodyFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | JSON",
        "application/json; charset=utf-8 | JSON",
        "Application/JSON;charset=\"UTF-8\" | JSON",
        "application/json;charset=us-ascii | JSON",
        "application/json; profile=\"x\" | JSON",
        "application/x-ndjson | JSON_LINES",
        "application/ndjson | JSON_LINES",
        "application/jsonl; charset=UTF8 | JSON_LINES",
        "application/x-www-form-urlencoded | UNSPECIFIED",
        "application/x-www-form-urlencoded; charset=UTF-8 | UNSPECIFIED"
      })
  void isKnownByItsContentType(String contentType, BodyFormat format) {
    assertThat(BodyFormat.ofEnvelopes(contentType)).isEqualTo(format);
    assertThat(BodyFormat.ofPayloads(contentType)).isEqualTo(format);
  }

  @ParameterizedTest
  @NullAndEmptySource
  void needNotBeSaid(String contentType) {
    assertThat(BodyFormat.ofEnvelopes(contentType)).isEqualTo(BodyFormat.UNSPECIFIED);
    assertThat(BodyFormat.ofPayloads(contentType)).isEqualTo(BodyFormat.UNSPECIFIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "text/plain; charset=utf-8", "TEXT/PLAIN"})
  void isTextForPayloadsOnly(String contentType) {
    assertThat(BodyFormat.ofPayloads(contentType)).isEqualTo(BodyFormat.TEXT);
    assertUnsupported(() -> BodyFormat.ofEnvelopes(contentType), "application/x-ndjson");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/json",
        "application/xml",
        "application/vnd.x+json",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "text/plain; charset=iso-8859-1",
        "application/x-ndjson; charset=nonsense",
        "json",
        "/",
        "application/json, text/plain",
        "*/*",
        "application/*",
        "\u0000"
      })
  void isNothingElse(String contentType) {
    assertUnsupported(() -> BodyFormat.ofEnvelopes(contentType), "application/json");
    assertUnsupported(() -> BodyFormat.ofPayloads(contentType), "text/plain");
  }

  private static void assertUnsupported(ThrowingCallable call, String named) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UnsupportedTypeException.class,
            refusal -> {
              assertThat(refusal.getStatusCode().value()).isEqualTo(415);
              assertThat(refusal.getBody().getDetail()).contains(named);
              assertThat(refusal.getHeaders().getFirst("Accept")).contains(named);
            });
  }
}
