package dev.logaggregator.filter;

import static dev.logaggregator.filter.SampleEvent.ofTopic;
import static dev.logaggregator.filter.SampleEvent.withPayload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.TopicPattern;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParametersTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final SampleEvent EVENT = withPayload("{}");

  @Test
  void withoutParametersEveryTopicButTheSystemsMatches() {
    assertThat(matches(EVENT)).isTrue();
    assertThat(matches(ofTopic("_rejected"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "orders.created, orders.created, true",
    "orders.created, orders.Created, false",
    "orders.*,       orders.created, true",
    "orders.*,       orders.eu.created, false",
    "orders.**,      orders.eu.created, true",
    "orders.**,      orders, true",
    "**.error,       app.db.error, true",
    "**.error,       app.db.warn, false",
    "_rejected,      _rejected, true",
    "_*,             _rejected, true",
    "**,             _rejected, false",
  })
  void topicIsANameOrAPattern(String pattern, String topic, boolean expected) {
    assertThat(matches(ofTopic(topic), "topic", pattern)).isEqualTo(expected);
  }

  @Test
  void topicMayRepeat() {
    assertThat(matches(ofTopic("b"), "topic", "a", "topic", "b")).isTrue();
    assertThat(matches(ofTopic("c"), "topic", "a", "topic", "b")).isFalse();
    assertThat(matches(ofTopic("a"), "topic", "_rejected")).isFalse();
    assertThat(matches(ofTopic("a"), "topic", "_rejected", "topic", "a")).isTrue();
  }

  @Test
  void sourceAndIdAreExactAndHaveAlternatives() {
    SampleEvent event = EVENT.source("checkout").id("e-1");

    assertThat(matches(event, "source", "checkout")).isTrue();
    assertThat(matches(event, "source", "Checkout")).isFalse();
    assertThat(matches(event, "source", "check")).isFalse();
    assertThat(matches(event, "source", "billing,checkout")).isTrue();
    assertThat(matches(event, "source", "billing", "source", "checkout")).isTrue();
    assertThat(matches(EVENT, "source", "checkout")).isFalse();
    assertThat(matches(event, "id", "e-1")).isTrue();
    assertThat(matches(event, "id", "e-2")).isFalse();
    assertThat(matches(event, "id", "a,b,c,d,e,f,g,h,i,e-1")).isTrue();
    assertThat(matches(event, "id", "a,b,c,d,e,f,g,h,i,e-2")).isFalse();
  }

  @Test
  void parametersAreJoinedByAnd() {
    SampleEvent event = EVENT.source("checkout").level(Level.WARN);

    assertThat(matches(event, "source", "checkout", "level", "warn", "q", "orders")).isTrue();
    assertThat(matches(event, "source", "checkout", "level", "error", "q", "orders")).isFalse();
    assertThat(matches(event, "source", "checkout", "level", "warn", "q", "absent")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WARN", "warn", "Warning", "wrn", "error,WARN", "error, warn"})
  void levelIsUnderstoodInItsUsualSpellings(String level) {
    assertThat(matches(EVENT.level(Level.WARN), "level", level)).isTrue();
    assertThat(matches(EVENT.level(Level.INFO), "level", level)).isFalse();
    assertThat(matches(EVENT, "level", level)).isFalse();
  }

  @Test
  void minLevelIsThatLevelAndAbove() {
    assertThat(matches(EVENT.level(Level.WARN), "minLevel", "warn")).isTrue();
    assertThat(matches(EVENT.level(Level.FATAL), "minLevel", "warn")).isTrue();
    assertThat(matches(EVENT.level(Level.INFO), "minLevel", "warn")).isFalse();
    assertThat(matches(EVENT, "minLevel", "trace")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "since, 2026-11-22T07:00:00Z, true",
    "since, 2026-11-22T07:00:00.000000001Z, false",
    "since, 2026-11-22T06:59:59.999999999Z, true",
    "since, 2026-11-22T14:00:00+07:00, true",
    "since, 2026-11-22T14:00:00 07:00, true",
    "since, 1795330800, true",
    "since, 1795330800001, false",
    "since, 60m, true",
    "since, 59m, false",
    "since, PT1H, true",
    "since, 9999d, true",
    "until, 2026-11-22T07:00:00Z, false",
    "until, 2026-11-22T07:00:00.000000001Z, true",
    "until, 60m, false",
    "until, 3599999ms, true",
  })
  void sinceIsInclusiveAndUntilExclusive(String parameter, String time, boolean expected) {
    SampleEvent event = EVENT.timestamp("2026-11-22T07:00:00Z");

    assertThat(matches(event, parameter, time)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "topic, a b",
    "topic, ''",
    "source, ''",
    "source, 'a,'",
    "id, ' '",
    "level, loud",
    "level, ''",
    "minLevel, 'warn,error'",
    "since, yesterday",
    "since, ''",
    "since, -15m",
    "until, 2026-13-01T00:00:00Z",
    "until, 99999999999999999999d",
    "q, a and",
  })
  void whatIsMalformedIsRefusedByItsName(String parameter, String value) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> matches(EVENT, parameter, value))
        .satisfies(e -> assertThat(e.field()).isEqualTo(parameter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"minLevel", "since", "until", "q"})
  void whatHasNoAlternativesMustNotRepeat(String parameter) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> matches(EVENT, parameter, "info", parameter, "info"))
        .satisfies(e -> assertThat(e.field()).isEqualTo(parameter));
  }

  @Test
  void otherParametersAreTheCallersBusiness() {
    assertThat(matches(EVENT, "limit", "x")).isTrue();
    assertThat(FilterParameters.NAMES)
        .containsExactly("topic", "source", "level", "minLevel", "id", "since", "until", "q");
  }

  @Test
  void aKeptFilterHasTopicsAndQueryButNoDurationsAgo() {
    FilterParameters kept =
        FilterParameters.of(List.of(TopicPattern.parse("orders.**")), "level >= error");

    assertThat(kept.compile().matches(EVENT.level(Level.ERROR).view())).isTrue();
    assertThat(kept.compile().matches(EVENT.level(Level.INFO).view())).isFalse();
    assertThat(kept.compile().matches(EVENT.level(Level.ERROR).topic("a").view())).isFalse();
    assertThat(FilterParameters.of(List.of(), null).compile().matches(EVENT.view())).isTrue();
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> FilterParameters.of(List.of(), "timestamp > 15m"))
        .withMessageContaining("expected a time (RFC 3339 or epoch), found '15m'");
  }

  private static boolean matches(SampleEvent event, String... namesAndValues) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.merge(
          namesAndValues[i],
          new String[] {namesAndValues[i + 1]},
          (a, b) -> new String[] {a[0], b[0]});
    }
    return FilterParameters.parse(parameters, NOW).compile().matches(event.view());
  }
}
