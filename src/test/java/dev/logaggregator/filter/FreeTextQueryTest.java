package dev.logaggregator.filter;

import static dev.logaggregator.filter.SampleEvent.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Free text, as the contract describes it. In the tables, ' stands for ". */
class FreeTextQueryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "timeout |                     {'m':'read timeout'} |                true",
        "TIMEOUT |                     {'m':'read timeout'} |                true",
        "timeout |                     {'m':'read TimeOut!'} |               true",
        "timeout |                     {'m':'time out'} |                    false",
        "'connection refused' |        {'m':'the connection refused us'} |   true",
        "'connection refused' |        {'m':'refused connection'} |          false",
        "connection refused |          {'m':'refused connection'} |          true",
        "connection refused |          {'m':'connection accepted'} |         false",
        "amount |                      {'amount':3} |                        true",
        "99.50 |                       {'amount':99.50} |                    true",
        "true |                        {'ok':true} |                         true",
        "time*out |                    {'m':'time is running out'} |         true",
        "time*out |                    {'m':'out of time'} |                 false",
        "*out* |                       {'m':'timeouts'} |                    true",
        "* |                           {} |                                  true",
        "'time*out' |                  {'m':'time is running out'} |         false",
        "'time*out' |                  {'m':'time*out'} |                    true",
        "time\\*out |                  {'m':'time*out'} |                    true",
        "time\\*out |                  {'m':'time is running out'} |         false",
        "text |                        'plain text' |                        true",
        "caf\u00e9 |                   {'m':'CAF\u00c9'} |                   true",
        "\u041e\u0448\u0418\u0431\u043a\u0430 | {'m':'\u043e\u0448\u0438\u0431\u041a\u0410 1'} |"
            + " true",
        "\u041e\u0448\u0418\u0431\u043a\u0430 | {'m':'\u043e\u0448\u0438\u0431\u041a\u0418 1'} |"
            + " false",
        "\u30ed\u30b0 |                {'m':'\u30ed\u30b0\u306f'} |          true",
        "k |                           {'m':'\u212a'} |                      false",
        "\u212a |                      {'m':'k'} |                           false",
      })
  void occursInThePayloadInAnyCase(String q, String payload, boolean expected) {
    assertThat(withPayload(json(payload)).matches(json(q))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "caf\u00e9 |      {'m':'caf\\u00e9'} |             true",
        "CAF\u00c9 |      {'m':'caf\\u00E9'} |             true",
        "cafe |           {'m':'caf\\u0065'} |             true",
        "timeout |        {'m':'time\\u006fut'} |          true",
        "u006f |          {'m':'time\\u006fut'} |          false",
        "nb |             {'m':'a\\nb'} |                  false",
        "'a\\nb' |        {'m':'a\\nb'} |                  true",
        "'a\\tb' |        {'m':'a\\u0009b'} |              true",
        "b |              {'m':'a\\nb'} |                  true",
        "'say \\'hi\\'' | {'m':'say \\'hi\\' '} |          true",
        "a/b |            {'m':'a\\/b'} |                  true",
        "a/b |            {'m':'a/b'} |                    true",
        "'a\\\\b' |       {'m':'a\\\\b'} |                 true",
        "\ud83d\ude00 |   {'m':'x\\ud83d\\uDE00y'} |       true",
        "timeout |        {'m':'\\ud83d timeout'} |        true",
        "a\\u00e9 |       {'m':'a\u00e9'} |                true",
        "timeout |        {'m':'\\n','n':'timeout'} |      true",
      })
  void findsWhatEscapesStandFor(String q, String payload, boolean expected) {
    assertThat(withPayload(json(payload)).matches(json(q))).isEqualTo(expected);
  }

  @Test
  void takesThePayloadAsOneText() {
    SampleEvent event = withPayload("{\"order\":123,\"items\":[\"a\",\"b\"]}");

    assertThat(event.matches("\"order\\\":123\"")).isTrue();
    assertThat(event.matches("order*b")).isTrue();
    assertThat(event.matches("\"\\\"a\\\",\\\"b\\\"\"")).isTrue();
  }

  @Test
  void occursInTopicOrSource() {
    SampleEvent event = withPayload("{}").source("Check out");

    assertThat(event.matches("ORDERS.created")).isTrue();
    assertThat(event.matches("orders*created")).isTrue();
    assertThat(event.matches("\"check out\"")).isTrue();
    assertThat(event.matches("refunds")).isFalse();
  }

  @Test
  void doesNotReachFromOneFieldIntoTheNext() {
    SampleEvent event = withPayload("{\"a\":1}").source("app").id("e-1");

    assertThat(event.matches("\"app{\"")).isFalse();
    assertThat(event.matches("created*app")).isFalse();
    assertThat(event.matches("app*a")).isFalse();
  }

  @Test
  void isNotLookedForInIdAndAttributes() {
    SampleEvent event =
        withPayload("{}").id("needle").source("x").attributes("{\"needle\":\"needle\"}");

    assertThat(event.matches("needle")).isFalse();
  }

  private static String json(String table) {
    return table.replace('\'', '"');
  }
}
