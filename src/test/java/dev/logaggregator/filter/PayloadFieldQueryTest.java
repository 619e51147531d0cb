package dev.logaggregator.filter;

import static dev.logaggregator.filter.SampleEvent.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fields of payload and attributes in {@code q}, as the contract describes them. In the tables, '
 * stands for ".
 */
class PayloadFieldQueryTest {

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
    assertThat(withPayload(json(payload)).matches(json(q))).isEqualTo(expected);
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
    assertThat(withPayload(json(payload)).matches(json(q))).isEqualTo(expected);
  }

  @Test
  void areLookedUpInTheAttributesWhereThePayloadDoesNotHaveThem() {
    String attributes = "{\"trace.id\":\"4bf9\",\"retries\":\"3\",\"caf\\u00e9\":\"\\u00e9\"}";
    SampleEvent event = withPayload("{\"status\":1}").attributes(attributes);

    assertThat(event.matches("trace.id: 4bf9")).isTrue();
    assertThat(event.matches("trace.id: *")).isTrue();
    assertThat(event.matches("trace: *")).isFalse();
    assertThat(event.matches("retries > 2")).isTrue();
    assertThat(event.matches("caf\u00e9: \u00e9")).isTrue();
    assertThat(event.matches("attributes.trace.id: 4bf9")).isTrue();
    assertThat(event.matches("payload.trace.id: 4bf9")).isFalse();
    assertThat(event.matches("attributes.status: *")).isFalse();
    assertThat(event.matches("attributes: *")).isTrue();
    assertThat(withPayload("{}").matches("attributes: *")).isFalse();

    SampleEvent both = withPayload("{\"retries\":1}").attributes(attributes);
    assertThat(both.matches("retries: 1")).isTrue();
    assertThat(both.matches("retries: 3")).isFalse();
    assertThat(both.matches("attributes.retries: 3")).isTrue();
  }

  private static String json(String table) {
    return table.replace('\'', '"');
  }
}
