package dev.logaggregator.filter;

import static dev.logaggregator.filter.SampleEvent.withPayload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldReaderTest {

  @Test
  void readsTheEnvelope() {
    SampleEvent event = withPayload("{\"topic\":\"other\"}").source("app").level(Level.WARN);

    assertThat(read("topic", event)).containsExactly("orders.created");
    assertThat(read("id", event)).containsExactly("e-1");
    assertThat(read("source", event)).containsExactly("app");
    assertThat(read("level", event)).containsExactly("WARN");
    assertThat(read("offset", event)).containsExactly("0");
    assertThat(read("timestamp", event)).containsExactly("2026-11-22T07:00:00.123456789Z");
    assertThat(read("receivedAt", event)).containsExactly("2026-11-22T07:00:01.123456789Z");
    assertThat(FieldReader.ENVELOPE_FIELDS)
        .containsExactly("offset", "topic", "id", "source", "level", "timestamp", "receivedAt");
  }

  @Test
  void absentFieldsHaveNoValue() {
    SampleEvent event = withPayload("{\"a\":null,\"b\":[],\"c\":{\"d\":1}}");

    for (String field : List.of("source", "level", "a", "b", "c", "x", "c.x", "c.d.x")) {
      assertThat(read(field, event)).as(field).isEmpty();
    }
  }

  @Test
  void readsThePayloadByPathAsText() {
    SampleEvent event =
        withPayload(
            "{\"s\":\"a\\nb \\u00e9\",\"n\":1.50e1,\"t\":true,\"list\":[1,\"x\",[2],null,{}],"
                + "\"items\":[{\"sku\":\"A\"},{\"sku\":\"B\"}],\"log.level\":\"x\",\"n\":2}");

    assertThat(read("s", event)).containsExactly("a\nb \u00e9");
    assertThat(read("n", event)).containsExactly("1.50e1", "2");
    assertThat(read("t", event)).containsExactly("true");
    assertThat(read("list", event)).containsExactly("1", "x", "2");
    assertThat(read("items.sku", event)).containsExactly("A", "B");
    assertThat(read("log.level", event)).containsExactly("x");
    assertThat(read("payload.t", event)).containsExactly("true");
    assertThat(read("payload", withPayload("\"text\""))).containsExactly("text");
  }

  @Test
  void readsAttributesWhereThePayloadDoesNotHaveTheField() {
    SampleEvent event = withPayload("{\"a\":1}").attributes("{\"a\":\"2\",\"b\":\"3\"}");

    assertThat(read("a", event)).containsExactly("1");
    assertThat(read("b", event)).containsExactly("3");
    assertThat(read("attributes.a", event)).containsExactly("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void aBlankNameIsRefused(String field) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> FieldReader.of(field))
        .satisfies(e -> assertThat(e.field()).isEqualTo("field"));
  }

  private static List<String> read(String field, SampleEvent event) {
    List<String> values = new ArrayList<>();
    FieldReader.of(field)
        .read(
            event.view(),
            (text, from, to) ->
                values.add(new String(text, from, to - from, StandardCharsets.UTF_8)));
    return values;
  }
}
