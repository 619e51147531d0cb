package dev.logaggregator.filter;

import static dev.logaggregator.filter.SampleEvent.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How conditions are joined in {@code q}. In the tables, ' stands for ". */
class QueryOperatorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "y and y |              true",
        "y and x |              false",
        "y y |                  true",
        "y x |                  false",
        "y or x |               true",
        "x or x |               false",
        "not x |                true",
        "not not x |            false",
        "NOT x AND y Or x |     true",
        "not x or y |           true",
        "not (x or y) |         false",
        "y or x and x |         true",
        "(y or x) and x |       false",
        "x and x or y |         true",
        "x x or y |             true",
        "y not x |              true",
        "y and not x |          true",
        "y not y |              false",
        "y(y) |                 true",
        "(y)(x) |               false",
        "'y''y' |               true",
        "((((y)))) |            true",
        "f: 1 y |               true",
        "f: 1 x |               false",
        "f: 1 or x |            true",
        "not f: 2 |             true",
        "not f: 1 or x |        false",
        "f: (1 or 2) and y |    true",
        "'and' |                false",
        "'  ' |                 false",
      })
  void bindAsDescribed(String q, boolean expected) {
    assertThat(withPayload("{\"f\":1}").topic("y").source("y").matches(json(q)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\t\n"})
  void nothingTakesEverything(String q) {
    assertThat(withPayload("1").matches(q)).isTrue();
  }

  private static String json(String table) {
    return table.replace('\'', '"');
  }
}
