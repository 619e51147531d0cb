package dev.logaggregator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body that is a payload becomes. Single quotes stand for double ones. */
class PayloadDecoderTest {

  private static final Instant TIME = Instant.parse("2026-11-22T07:00:00Z");
  private static final Preset NONE = Preset.NONE;

  private static Event decode(PayloadKind kind, String body) {
    return decode(kind, NONE, body);
  }

  private static Event decode(PayloadKind kind, Preset parameters, String body) {
    return Decoding.decode(
        new PayloadDecoder(new Topic("t"), parameters, kind, 8, 1000), body.replace('\'', '"'));
  }

  @Nested
  class Json {

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "\"x\"", "[1,2]", "{}", "{\"a\":1.0,\"a\":2}"})
    void isAnyValueAsItWasWritten(String json) {
      assertThat(decode(PayloadKind.JSON, json).payload()).isEqualTo(json);
    }

    @Test
    void losesTheSpaceAroundAndBetweenItsTokens() {
      assertThat(decode(PayloadKind.JSON, " \n{ 'a b' : [ 1 , 2 ] }\r\n").payload())
          .isEqualTo("{\"a b\":[1,2]}");
      assertThat(decode(PayloadKind.JSON, " 'a b' ").payload()).isEqualTo("\"a b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{", "{}}", "{} {}", "[1,]", "'x", "{'a':'\\u12'}"})
    void isValid(String json) {
      assertThatExceptionOfType(InvalidEventException.class)
          .isThrownBy(() -> decode(PayloadKind.JSON, json))
          .withMessageStartingWith("malformed JSON at byte ");
    }

    @Test
    void nestsAsDeepAsAllowedAndNoDeeper() {
      String deepest = "{'a':".repeat(8) + "1" + "}".repeat(8);
      assertThat(decode(PayloadKind.JSON, deepest).payload()).isEqualTo(deepest.replace('\'', '"'));
      assertThatExceptionOfType(InvalidEventException.class)
          .isThrownBy(() -> decode(PayloadKind.JSON, "{'a':" + deepest + "}"))
          .withMessageContaining("nested deeper than 8");
      assertThatExceptionOfType(InvalidEventException.class)
          .isThrownBy(() -> decode(PayloadKind.JSON, "[" + deepest + "]"))
          .withMessageContaining("nested deeper than 8");
    }
  }

  @Nested
  class Text {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        ignoreLeadingAndTrailingWhitespace = false,
        value = {
          "hello|'hello'",
          " a  b |' a  b '",
          "{}|'{}'",
          "1|'1'",
          "é€|'é€'",
          "a\\b|'a\\\\b'"
        })
    void isAString(String text, String payload) {
      assertThat(decode(PayloadKind.TEXT, text).payload()).isEqualTo(payload.replace('\'', '"'));
    }

    @Test
    void isEscapedAsJsonHasIt() {
      assertThat(decode(PayloadKind.TEXT, "a'b\nc\r\t\u0000\u001b[31m\u007f").payload())
          .isEqualTo("\"a\\\"b\\nc\\r\\t\\u0000\\u001b[31m\u007f\"");
    }

    @ParameterizedTest
    @CsvSource({"61 ff 62,a\uFFFDb", "c3,\uFFFD", "c3 a9 80,é\uFFFD", "00 80,\\u0000\uFFFD"})
    void hasReplacementCharactersWhereItIsNotUtf8(String hex, String text) {
      byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
      PayloadDecoder decoder = new PayloadDecoder(new Topic("t"), NONE, PayloadKind.TEXT, 8, 1000);
      assertThat(Decoding.decode(decoder, bytes).payload()).isEqualTo("\"" + text + "\"");
    }
  }

  @Nested
  class JsonOrText {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        value = {
          "{'a': 1} | {'a':1}",
          "[1, 2] | [1,2]",
          "[] | []",
          "1 | '1'",
          "true | 'true'",
          "hello | 'hello'",
          "[main] INFO started | '[main] INFO started'",
          "{broken | '{broken'",
          "[1] and more | '[1] and more'"
        })
    void isJsonIfItIsAnObjectOrAnArray(String body, String payload) {
      assertThat(decode(PayloadKind.JSON_OR_TEXT, body).payload())
          .isEqualTo(payload.replace('\'', '"'));
    }

    @Test
    void isTextWhereJsonWouldNestTooDeep() {
      String deep = "[".repeat(9) + "]".repeat(9);
      assertThat(decode(PayloadKind.JSON_OR_TEXT, deep).payload()).isEqualTo("\"" + deep + "\"");
    }

    @Test
    void isTextWhereJsonWouldNotBeUtf8() {
      PayloadDecoder decoder =
          new PayloadDecoder(new Topic("t"), NONE, PayloadKind.JSON_OR_TEXT, 8, 1000);
      byte[] latin = "[\"é\"]".getBytes(StandardCharsets.ISO_8859_1);
      assertThat(Decoding.decode(decoder, latin).payload()).isEqualTo("\"[\\\"\uFFFD\\\"]\"");
    }
  }

  @Nested
  class WhatThePayloadStates {

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "@timestamp", "time", "ts"})
    void isTheTimeByTheNamesOfLoggers(String name) {
      String body = "{'" + name + "':'2026-11-22T07:00:00Z','m':1}";
      Event event = decode(PayloadKind.JSON, body);
      assertThat(event.timestamp()).isEqualTo(TIME);
      assertThat(event.payload()).isEqualTo(body.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'level':'warning'}",
          "{'severity':'WARN'}",
          "{'log.level':'Warn'}",
          "{'log':{'level':'warn'}}",
          "{'log':{'logger':'x','level':'wrn','level':'debug'}}"
        })
    void isTheLevelByTheNamesOfLoggers(String body) {
      assertThat(decode(PayloadKind.JSON, body).level()).isEqualTo(Level.WARN);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'ts':1,'time':2,'@timestamp':3,'timestamp':1795330800}",
          "{'timestamp':1795330800,'ts':1}",
          "{'timestamp':'yesterday','ts':1795330800}",
          "{'timestamp':null,'time':'soon','ts':'1795330800'}",
          "{'@timestamp':'x','time':1795330800,'ts':1,'timestamp':true}",
          "{'ts':1795330800123456,'@timestamp':1795330800000}"
        })
    void isTheFirstTimeThatIsWellFormed(String body) {
      assertThat(decode(PayloadKind.JSON, body).timestamp()).isEqualTo(TIME);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'severity':'debug','level':'warn'}",
          "{'level':30,'severity':'warn'}",
          "{'log':{'level':'debug'},'severity':'warn'}",
          "{'log':'x','log.level':'warn'}",
          "{'log':{'level':'loud'},'log.level':'warn'}",
          "{'level':{'level':'debug'},'log':{'level':'warn'}}"
        })
    void isTheFirstLevelThatIsWellFormed(String body) {
      assertThat(decode(PayloadKind.JSON, body).level()).isEqualTo(Level.WARN);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'Timestamp':'2026-11-22T07:00:00Z','LEVEL':'warn'}",
          "{'a':{'timestamp':'2026-11-22T07:00:00Z','level':'warn'}}",
          "[{'timestamp':'2026-11-22T07:00:00Z','level':'warn'}]",
          "{'timestamp':'2026-11-22','level':'whatever','log':{'a':1}}",
          "{'log':[{'level':'warn'}]}",
          "'2026-11-22T07:00:00Z'"
        })
    void isNothingElse(String body) {
      Event event = decode(PayloadKind.JSON, body);
      assertThat(event.timestamp()).isEqualTo(Decoding.RECEIVED_AT);
      assertThat(event.level()).isNull();
    }

    @Test
    void isLessThanWhatTheRequestSays() {
      Preset parameters =
          new Preset(
              "e-1".getBytes(StandardCharsets.UTF_8),
              "s".getBytes(StandardCharsets.UTF_8),
              Level.ERROR,
              TIME,
              0);
      Event event =
          decode(
              PayloadKind.JSON, parameters, "{'id':'x','source':'y','level':'info','timestamp':1}");

      assertThat(event.id()).isEqualTo("e-1");
      assertThat(event.source()).isEqualTo("s");
      assertThat(event.level()).isEqualTo(Level.ERROR);
      assertThat(event.timestamp()).isEqualTo(TIME);
    }

    @Test
    void isForgottenWithTheNextEvent() {
      PayloadDecoder decoder = new PayloadDecoder(new Topic("t"), NONE, PayloadKind.JSON, 8, 1000);
      Decoding.decode(decoder, "{\"level\":\"warn\",\"ts\":1}");
      Event event = Decoding.decode(decoder, "{}");
      assertThat(event.level()).isNull();
      assertThat(event.timestamp()).isEqualTo(Decoding.RECEIVED_AT);
    }
  }
}
