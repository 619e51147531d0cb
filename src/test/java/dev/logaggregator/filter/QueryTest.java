package dev.logaggregator.filter;

import static dev.logaggregator.filter.SampleEvent.ofTopic;
import static dev.logaggregator.filter.SampleEvent.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Level;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter language as the contract describes it. In the tables, ' stands for ". */
class QueryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  @Nested
  class FreeText {

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
      assertThat(matches(json(q), withPayload(json(payload)))).isEqualTo(expected);
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
      assertThat(matches(json(q), withPayload(json(payload)))).isEqualTo(expected);
    }

    @Test
    void takesThePayloadAsOneText() {
      SampleEvent event = withPayload("{\"order\":123,\"items\":[\"a\",\"b\"]}");

      assertThat(matches("\"order\\\":123\"", event)).isTrue();
      assertThat(matches("order*b", event)).isTrue();
      assertThat(matches("\"\\\"a\\\",\\\"b\\\"\"", event)).isTrue();
    }

    @Test
    void occursInTopicOrSource() {
      SampleEvent event = withPayload("{}").source("Check out");

      assertThat(matches("ORDERS.created", event)).isTrue();
      assertThat(matches("orders*created", event)).isTrue();
      assertThat(matches("\"check out\"", event)).isTrue();
      assertThat(matches("refunds", event)).isFalse();
    }

    @Test
    void doesNotReachFromOneFieldIntoTheNext() {
      SampleEvent event = withPayload("{\"a\":1}").source("app").id("e-1");

      assertThat(matches("\"app{\"", event)).isFalse();
      assertThat(matches("created*app", event)).isFalse();
      assertThat(matches("app*a", event)).isFalse();
    }

    @Test
    void isNotLookedForInIdAndAttributes() {
      SampleEvent event =
          withPayload("{}").id("needle").source("x").attributes("{\"needle\":\"needle\"}");

      assertThat(matches("needle", event)).isFalse();
    }
  }

  @Nested
  class EnvelopeFields {

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
      SampleEvent event =
          withPayload("{\"topic\":\"other\",\"source\":\"other\",\"id\":\"other\"}");

      assertThat(matches(json(q), event.source("check out").id("e-1"))).isEqualTo(expected);
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
      assertThat(matches(json(q), withPayload("{}").level(Level.ERROR))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"level: error", "level: *", "level >= trace", "level <= fatal"})
    void anEventWithoutLevelHasNone(String q) {
      assertThat(matches(q, withPayload("{\"level\":\"error\"}"))).isFalse();
      assertThat(matches("not " + q, withPayload("{}"))).isTrue();
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

      assertThat(matches(json(q), event)).isEqualTo(expected);
    }
  }

  @Nested
  class OtherFields {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "status: 500 |              {'status':500} |                        true",
          "status: 500 |              {'status':500.0} |                      true",
          "status: 500 |              {'status':5e2} |                        true",
          "status: 500 |              {'status':5000} |                       false",
          "status: 500 |              {'status':'500'} |                      true",
          "status: '500' |            {'status':500} |                        true",
          "status: 5* |               {'status':503} |                        true",
          "status: 500.0 |            {'status':500} |                        true",
          "status: -0 |               {'status':0} |                          true",
          "n: 9007199254740993 |      {'n':9007199254740992} |                false",
          "n: 9007199254740993 |      {'n':9007199254740993} |                true",
          "user.name: budi |          {'user':{'name':'budi'}} |              true",
          "user.name: Budi |          {'user':{'name':'budi'}} |              false",
          "user.name: b*i |           {'user':{'name':'budi'}} |              true",
          "user.name: 'b*i' |         {'user':{'name':'budi'}} |              false",
          "user.name: budi |          {'user.name':'budi'} |                  true",
          "a.b.c: x |                 {'a':{'b.c':'x'}} |                     true",
          "a.b.c: x |                 {'a.b':{'c':'x'}} |                     true",
          "a.b.c: x |                 {'a.b':{'c':'y'},'a':{'b':{'c':'x'}}} | true",
          "name: budi |               {'user':{'name':'budi'}} |              false",
          "tags: b |                  {'tags':['a','b']} |                    true",
          "tags: b |                  {'tags':[['a'],['b']]} |                true",
          "items.sku: 7 |             {'items':[{'sku':1},{'sku':7}]} |       true",
          "items.sku: 7 |             {'items':[[{'sku':7}]]} |               true",
          "items.sku: 7 |             {'items':['sku',7]} |                   false",
          "ok: true |                 {'ok':true} |                           true",
          "ok: true |                 {'ok':'true'} |                         true",
          "ok: true |                 {'ok':false} |                          false",
          "x: null |                  {'x':null} |                            true",
          "trace: * |                 {'trace':'abc'} |                       true",
          "trace: * |                 {'trace':''} |                          true",
          "trace: * |                 {'trace':{'id':1}} |                    true",
          "trace: * |                 {'trace':null} |                        false",
          "trace: * |                 {'trace':[]} |                          false",
          "trace: * |                 {'other':1} |                           false",
          "trace: '' |                {'trace':''} |                          true",
          "status: (500 or 503) |     {'status':503} |                        true",
          "status: (500 or 503) |     {'status':501} |                        false",
          "tags: (a and b) |          {'tags':['b','a']} |                    true",
          "tags: (a and b) |          {'tags':['a']} |                        false",
          "tags: (a b) |              {'tags':['b','a']} |                    true",
          "status: (not 500) |        {'status':501} |                        true",
          "status: (not (500 or 501)) | {'status':501} |                      false",
          "status: (not 500) |        {} |                                    true",
          "url: http\\:\\/\\/x |      {'url':'http://x'} |                    true",
          "url: http://x |            {'url':'http://x'} |                    true",
          "url: 'http://x' |          {'url':'http:\\/\\/x'} |                true",
          "m: 'a\\tb' |               {'m':'a\\tb'} |                         true",
          "m: a*c |                   {'m':'a\\nb\\u0063'} |                  true",
          "\u00e9t\u00e9: 1 |         {'\u00e9t\\u00e9':1} |                  true",
          "na\\:me: 1 |               {'na:me':1} |                           true",
          "'na me': 1 |               {'na me':1} |                           true",
          "a: 2 |                     {'a':1,'a':2} |                         true",
          "a: b |                     {'x':'a:b','y':{'a':'b'}} |             false",
          "payload.a: 1 |             {'a':1} |                               true",
          "payload.a: 1 |             {'payload':{'a':1}} |                   true",
          "payload: hello |           'hello' |                               true",
          "payload: *refused |        'connection refused' |                  true",
          "payload: 2 |               [1,2] |                                 true",
        })
    void areLookedUpInThePayloadByPath(String q, String payload, boolean expected) {
      assertThat(matches(json(q), withPayload(json(payload)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "amount > 100 |      {'amount':100.01} |            true",
          "amount > 100 |      {'amount':100} |               false",
          "amount >= 100 |     {'amount':1e2} |               true",
          "amount < 100 |      {'amount':-1e400} |            true",
          "amount <= -5 |      {'amount':-5.0} |              true",
          "amount > 100 |      {'amount':'150'} |             true",
          "amount > 100 |      {'amount':'many'} |            false",
          "amount > 100 |      {'amount':true} |              false",
          "amount > 100 |      {'amount':null} |              false",
          "amount > 100 |      {'amount':{'eur':150}} |       false",
          "amount > 100 |      {} |                           false",
          "amount < 100 |      {} |                           false",
          "amount > 100 |      {'amount':[1,150]} |           true",
          "n > 9007199254740992 | {'n':9007199254740993} |    true",
          "at >= '2026-11' |   {'at':'2026-11-22'} |          true",
          "at < '2026-11' |    {'at':'2026-11-22'} |          false",
          "at >= abc |         {'at':5} |                     false",
          "amount>100 |        {'amount':101} |               true",
          "amount<=100 |       {'amount':100} |               true",
        })
    void areComparedAsNumbersOrTexts(String q, String payload, boolean expected) {
      assertThat(matches(json(q), withPayload(json(payload)))).isEqualTo(expected);
    }

    @Test
    void areLookedUpInTheAttributesWhereThePayloadDoesNotHaveThem() {
      String attributes = "{\"trace.id\":\"4bf9\",\"retries\":\"3\",\"caf\\u00e9\":\"\\u00e9\"}";
      SampleEvent event = withPayload("{\"status\":1}").attributes(attributes);

      assertThat(matches("trace.id: 4bf9", event)).isTrue();
      assertThat(matches("trace.id: *", event)).isTrue();
      assertThat(matches("trace: *", event)).isFalse();
      assertThat(matches("retries > 2", event)).isTrue();
      assertThat(matches("caf\u00e9: \u00e9", event)).isTrue();
      assertThat(matches("attributes.trace.id: 4bf9", event)).isTrue();
      assertThat(matches("payload.trace.id: 4bf9", event)).isFalse();
      assertThat(matches("attributes.status: *", event)).isFalse();
      assertThat(matches("attributes: *", event)).isTrue();
      assertThat(matches("attributes: *", withPayload("{}"))).isFalse();

      SampleEvent both = withPayload("{\"retries\":1}").attributes(attributes);
      assertThat(matches("retries: 1", both)).isTrue();
      assertThat(matches("retries: 3", both)).isFalse();
      assertThat(matches("attributes.retries: 3", both)).isTrue();
    }
  }

  @Nested
  class Operators {

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
      assertThat(matches(json(q), ofTopic("y").id("e").source("y"), "{\"f\":1}"))
          .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t\n"})
    void nothingTakesEverything(String q) {
      assertThat(matches(q, withPayload("1"))).isTrue();
    }
  }

  private static String json(String table) {
    return table.replace('\'', '"');
  }

  private static boolean matches(String q, SampleEvent event, String payload) {
    return matches(q, withPayload(payload).topic(event.topic()));
  }

  private static boolean matches(String q, SampleEvent event) {
    return Query.parse(q, NOW).condition().matches(event.view());
  }
}
