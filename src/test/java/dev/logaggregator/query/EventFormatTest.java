package dev.logaggregator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

class EventFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                           | application/json",
        "application/*                                 | application/json",
        "application/json                              | application/json",
        "application/json; charset=utf-8               | application/json",
        "application/x-ndjson                          | application/x-ndjson",
        "application/ndjson                            | application/ndjson",
        "application/jsonl                             | application/jsonl",
        "application/json, application/x-ndjson        | application/json",
        "application/x-ndjson, application/json        | application/x-ndjson",
        "application/x-ndjson, */*                     | application/x-ndjson",
        "*/*, application/x-ndjson                     | application/x-ndjson",
        "application/x-ndjson;q=0.5, application/json  | application/json",
        "application/json;q=0, */*                     | application/x-ndjson",
        "text/html, application/xhtml+xml, */*;q=0.8   | application/json",
        "text/event-stream;q=0.9, application/jsonl    | application/jsonl",
      })
  void picksWhatTheClientWantsMost(String accept, String type) {
    assertThat(EventFormat.negotiate(List.of(accept))).hasToString(type);
  }

  @Test
  void isJsonWhenNothingIsSaid() {
    assertThat(EventFormat.negotiate(List.of())).hasToString("application/json");
  }

  @Test
  void takesSeveralHeadersAsOne() {
    assertThat(EventFormat.negotiate(List.of("text/html", "application/jsonl")))
        .hasToString("application/jsonl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "image/*", "application/xml", "*/*;q=0", "nonsense", "a/b;q=9"})
  void refusesWhatThereIsNotAndNamesWhatThereIs(String accept) {
    assertThatThrownBy(() -> EventFormat.negotiate(List.of(accept)))
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            refusal -> {
              assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.NOT_ACCEPTABLE);
              assertThat(refusal.getBody().getDetail())
                  .contains("application/json", "application/x-ndjson", "text/event-stream");
            });
  }
}
