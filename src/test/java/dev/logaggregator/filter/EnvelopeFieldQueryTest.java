package dev.logaggregator.filter;

import static dev.logaggregator.filter.SampleEvent.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The envelope's fields in {@code q}, as the contract describes them. In the tables, ' stands for
 * ".
 */
class EnvelopeFieldQueryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "topic: orders.created |     true",
        "topic: orders.* |           true",
        "topic: * |                  true",
        "topic: o*.cr*ed |           true",
        "topic: orders |             false",
        "topic: Orders.created |     false",
        "topic: 'orders.*' |         false",
        "topic: (a or orders.*) |    true",
        "topic >= orders |           true",
        "source: 'check out' |       true",
        "source: check* |            true",
        "source: * |                 true",
        "source: check |             false",
        "source: 'Check out' |       false",
        "source > check |            true",
        "id: e-1 |                   true",
        "id: e-* |                   true",
        "id: e |                     false",
        "offset: 0 |                 true",
        "offset >= 1 |               false",
        "offset: * |                 true",
        "not offset < 0 |            true",
      })
  void areComparedExactly(String q, boolean expected) {
    SampleEvent event = withPayload("{\"topic\":\"other\",\"source\":\"other\",\"id\":\"other\"}");

    assertThat(event.source("check out").id("e-1").matches(json(q))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "level: error |           true",
        "level: ERROR |           true",
        "level: Err |             true",
        "level: err* |            true",
        "level: * |               true",
        "level: warn |            false",
        "level >= warn |          true",
        "level > error |          false",
        "level < fatal |          true",
        "level <= 'warning' |     false",
        "level: (warn or error) | true",
        "level: (not error) |     false",
      })
  void levelsAreComparedBySeverity(String q, boolean expected) {
    assertThat(withPayload("{}").level(Level.ERROR).matches(json(q))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"level: error", "level: *", "level >= trace", "level <= fatal"})
  void anEventWithoutLevelHasNone(String q) {
    assertThat(withPayload("{\"level\":\"error\"}").matches(q)).isFalse();
    assertThat(withPayload("{}").matches("not " + q)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "timestamp: '2026-11-22T07:00:00Z' |      true",
        "timestamp: 2026-11-22T07:00:00Z |        true",
        "timestamp >= 2026-11-22T07:00:00Z |      true",
        "timestamp > 2026-11-22T07:00:00Z |       false",
        "timestamp > 2026-11-22T06:59:59.999999999Z | true",
        "timestamp <= '2026-11-22T14:00:00+07:00' | true",
        "timestamp < 1795330800 |                 false",
        "timestamp >= 60m |                       true",
        "timestamp >= 59m |                       false",
        "timestamp: * |                           true",
        "receivedAt >= 2026-11-22T07:00:01.123456789Z | true",
        "receivedAt > 2026-11-22T07:00:01.123456789Z | false",
        "receivedAt: * |                          true",
      })
  void timesAreComparedWithTimesOrDurationsAgo(String q, boolean expected) {
    SampleEvent event = withPayload("{}").timestamp("2026-11-22T07:00:00Z");

    assertThat(event.matches(json(q))).isEqualTo(expected);
  }

  private static String json(String table) {
    return table.replace('\'', '"');
  }
}
