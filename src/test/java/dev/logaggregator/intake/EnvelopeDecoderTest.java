package dev.logaggregator.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an envelope may be, and what becomes of it. Single quotes stand for double ones. */
class EnvelopeDecoderTest {

  private static final int MAX_DEPTH = 8;

  private final EnvelopeDecoder decoder = new EnvelopeDecoder(MAX_DEPTH, new TopicNames());

  private Event decode(String envelope) {
    return Decoding.decode(decoder, envelope.replace('\'', '"'));
  }

  private void assertInvalid(String envelope, String field, String reason) {
    assertThatThrownBy(() -> decode(envelope))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidEventException.class))
        .satisfies(
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.reason()).contains(reason);
            });
  }

  @Test
  void takesEveryField() {
    Event event =
        decode(
            """
            {'topic': 'orders.created', 'id': 'e-1', 'source': 'checkout', 'level': 'INFO',
             'timestamp': '2026-11-22T07:00:00Z', 'attributes': {'traceId': '4bf9', 'a': ''},
             'payload': {'order': 1234567, 'amount': 99.50}}
            """);

    assertThat(event.topic().name()).isEqualTo("orders.created");
    assertThat(event.id()).isEqualTo("e-1");
    assertThat(event.source()).isEqualTo("checkout");
    assertThat(event.level()).isEqualTo(Level.INFO);
    assertThat(event.timestamp()).isEqualTo("2026-11-22T07:00:00Z");
    assertThat(event.receivedAt()).isEqualTo(Decoding.RECEIVED_AT);
    assertThat(event.attributes())
        .containsOnlyKeys("traceId", "a")
        .containsEntry("traceId", "4bf9");
    assertThat(event.payload()).isEqualTo("{\"order\":1234567,\"amount\":99.50}");
  }

  @Test
  void needsNothingButATopic() {
    Event event = decode("{'topic':'a'}");

    assertThat(event.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-.{12}");
    assertThat(event.source()).isNull();
    assertThat(event.level()).isNull();
    assertThat(event.timestamp()).isEqualTo(Decoding.RECEIVED_AT);
    assertThat(event.attributes()).isEmpty();
    assertThat(event.payload()).isEqualTo("{}");
  }

  @Test
  void takesNullForAbsent() {
    Event event =
        decode(
            "{'topic':'a','id':null,'source':null,'level':null,'timestamp':null,'attributes':null}");

    assertThat(event.id()).isNotEmpty();
    assertThat(event.source()).isNull();
    assertThat(event.level()).isNull();
    assertThat(event.timestamp()).isEqualTo(Decoding.RECEIVED_AT);
    assertThat(event.attributes()).isEmpty();
  }

  @Test
  void passesOverWhatTheLogSetsItself() {
    Event event = decode("{'topic':'a','offset':9,'receivedAt':'x','payload':1}");
    assertThat(event.payload()).isEqualTo("1");
    assertThat(event.receivedAt()).isEqualTo(Decoding.RECEIVED_AT);

    assertThat(decode("{'topic':'a','offset':9,'m':1}").payload()).isEqualTo("{\"m\":1}");
  }

  @Test
  void knowsItsFieldsInAnyOrderAndSpelling() {
    Event event =
        decode(
            "{'payload':1,'\\u0069d':'\\u0065-1','t\\u006fpic':'\\u0061.b','level':'\\u0069nfo'}");

    assertThat(event.topic().name()).isEqualTo("a.b");
    assertThat(event.id()).isEqualTo("e-1");
    assertThat(event.level()).isEqualTo(Level.INFO);
  }

  @Test
  void takesOneEventAfterTheOther() {
    decode("{'topic':'a','id':'1','source':'s','level':'INFO','attributes':{'k':'v'},'x':1}");
    Event event = decode("{'topic':'b'}");

    assertThat(event.topic().name()).isEqualTo("b");
    assertThat(event.source()).isNull();
    assertThat(event.payload()).isEqualTo("{}");
    assertThat(event.attributes()).isEmpty();
  }

  @Nested
  class Payload {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "true",
          "0",
          "-0",
          "1.0",
          "1E400",
          "12345678901234567890123456789",
          "\"\"",
          "\"\\u00e9\\/\\ud800\"",
          "[]",
          "{}",
          "[1,[2,{}]]",
          "{\"b\":1,\"a\":2,\"b\":1.50}"
        })
    void isAnyJsonValueAsItWasWritten(String payload) {
      assertThat(decode("{'topic':'a','payload':" + payload + "}").payload()).isEqualTo(payload);
    }

    @Test
    void losesTheSpaceBetweenItsTokensAndNoOther() {
      assertThat(decode("{'topic':'a','payload': [ 1 ,\n\t{ 'a b' : ' \\' ' } ] }").payload())
          .isEqualTo("[1,{\"a b\":\" \\\" \"}]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        value = {
          "{'topic':'app','message':'up','port':8080} | {'message':'up','port':8080}",
          "{'b':2,'topic':'app','a':1} | {'b':2,'a':1}",
          "{'topic':'app','x':1,'x':2} | {'x':1,'x':2}",
          "{ 'topic' : 'app' , 'x' : [ 1 , 2 ] } | {'x':[1,2]}",
          "{'topic':'app','\\u0078':'\\u0079'} | {'\\u0078':'\\u0079'}",
          "{'topic':'app','Topic':1,'':null} | {'Topic':1,'':null}"
        })
    void isMadeOfTheMembersThatAreNotTheEnvelopes(String envelope, String payload) {
      assertThat(decode(envelope).payload()).isEqualTo(payload.replace('\'', '"'));
    }

    @Test
    void besideOtherMembersIsAnErrorThatNamesThem() {
      assertInvalid("{'topic':'a','port':1,'payload':{},'host':2}", null, "port, host");
      assertInvalid("{'topic':'a','payload':null,'x':2}", null, "x");
    }

    @Test
    void nestsAsDeepAsAllowedAndNoDeeper() {
      String deepest = "[".repeat(MAX_DEPTH) + "]".repeat(MAX_DEPTH);
      assertThat(decode("{'topic':'a','payload':" + deepest + "}").payload()).isEqualTo(deepest);
      assertInvalid("{'topic':'a','payload':[" + deepest + "]}", null, "nested deeper than 8");
    }

    @Test
    void nestsNoDeeperWhenItIsMadeOfOtherMembers() {
      String deepest = "[".repeat(MAX_DEPTH - 1) + "]".repeat(MAX_DEPTH - 1);
      assertThat(decode("{'topic':'a','x':" + deepest + "}").payload())
          .isEqualTo("{\"x\":" + deepest + "}");
      assertInvalid("{'topic':'a','x':[" + deepest + "]}", "payload", "deeper than 8");
    }
  }

  @Nested
  class TopicOfAnEvent {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        value = {
          "{} | must not be blank",
          "{'topic':null} | must not be blank",
          "{'topic':''} | must not be blank",
          "{'topic':'  '} | must not be blank",
          "{'topic':1} | must be a string",
          "{'topic':['a']} | must be a string",
          "{'topic':'a','topic':'a'} | must not be repeated",
          "{'topic':'a..b'} | must not have empty segments",
          "{'topic':'.a'} | must not have empty segments",
          "{'topic':'a.'} | must not have empty segments",
          "{'topic':'a/b'} | must consist of",
          "{'topic':'a b'} | must consist of",
          "{'topic':'é'} | must consist of",
          "{'topic':'a\\n'} | must consist of",
          "{'topic':'a\\u0000'} | must consist of",
          "{'topic':'a\\ud800'} | must consist of",
          "{'topic':'*'} | must consist of",
          "{'topic':'_rejected'} | must not start with '_'",
          "{'topic':'_a.b'} | must not start with '_'",
          "{'topic':'\\u005frejected'} | must not start with '_'"
        })
    void isRequiredAndWellFormed(String envelope, String reason) {
      assertInvalid(envelope, "topic", reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A", "0", "-", "a._b", "a.b-c.D_9"})
    void hasSegments(String name) {
      assertThat(decode("{'topic':'" + name + "'}").topic().name()).isEqualTo(name);
    }

    @Test
    void hasAtMost255Characters() {
      String longest = "x".repeat(255);
      assertThat(decode("{'topic':'" + longest + "'}").topic().name()).isEqualTo(longest);
      assertInvalid("{'topic':'" + longest + "x'}", "topic", "at most 255 characters");
    }
  }

  @Nested
  class Id {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        value = {
          "{'topic':'a','id':''} | must have 1 to 256 characters",
          "{'topic':'a','id':1} | must be a string",
          "{'topic':'a','id':{}} | must be a string",
          "{'topic':'a','id':'x','id':'x'} | must not be repeated",
          "{'topic':'a','id':'x','id':null} | must not be repeated",
          "{'topic':'a','id':'a\\nb'} | must not have control characters",
          "{'topic':'a','id':'\\u0000'} | must not have control characters",
          "{'topic':'a','id':'\\u001f'} | must not have control characters",
          "{'topic':'a','id':'\\u007f'} | must not have control characters",
          "{'topic':'a','id':'\\u0085'} | must not have control characters",
          "{'topic':'a','id':'\\ud800'} | must not have a lone surrogate",
          "{'topic':'a','id':'x\\udc00y'} | must not have a lone surrogate",
          "{'topic':'a','id':'\\udc00\\ud800'} | must not have a lone surrogate"
        })
    void isWellFormed(String envelope, String reason) {
      assertInvalid(envelope, "id", reason);
    }

    @Test
    void mayNotHaveControlCharactersAsTheyAreEither() {
      assertInvalid("{'topic':'a','id':'x\u007f'}", "id", "control characters");
      assertInvalid("{'topic':'a','id':'x\u0080'}", "id", "control characters");
      assertInvalid("{'topic':'a','id':'x\u009f'}", "id", "control characters");
      assertThat(decode("{'topic':'a','id':'x\u00a0\u0410'}").id()).isEqualTo("x\u00a0\u0410");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "€", "\uD83D\uDE80"})
    void hasAtMost256CharactersWhateverTheirBytes(String character) {
      String longest = character.repeat(256);
      assertThat(decode("{'topic':'a','id':'" + longest + "'}").id()).isEqualTo(longest);
      assertInvalid("{'topic':'a','id':'" + longest + "x'}", "id", "1 to 256 characters");
    }

    @Test
    void isTheTextThatItsEscapesMean() {
      assertThat(decode("{'topic':'a','id':'\\u00e9\\/\\\\\\ud83d\\ude80'}").id())
          .isEqualTo("é/\\\uD83D\uDE80");
    }
  }

  @Nested
  class Source {

    @Test
    void isAnyTextOf256Characters() {
      assertThat(decode("{'topic':'a','source':'check \\n out é'}").source())
          .isEqualTo("check \n out é");
      assertThat(decode("{'topic':'a','source':''}").source()).isNull();
      String longest = "€".repeat(256);
      assertThat(decode("{'topic':'a','source':'" + longest + "'}").source()).isEqualTo(longest);
      assertInvalid("{'topic':'a','source':'" + longest + "x'}", "source", "at most 256");
    }

    @Test
    void isAString() {
      assertInvalid("{'topic':'a','source':1}", "source", "must be a string");
      assertInvalid("{'topic':'a','source':'\\ud800'}", "source", "lone surrogate");
      assertInvalid("{'topic':'a','source':'x','source':'x'}", "source", "must not be repeated");
    }
  }

  @Nested
  class LevelOfAnEvent {

    @ParameterizedTest
    @CsvSource({
      "TRACE,TRACE",
      "debug,DEBUG",
      "Info,INFO",
      "warn,WARN",
      "WARNING,WARN",
      "err,ERROR",
      "Error,ERROR",
      "critical,FATAL",
      "fatal,FATAL",
      "notice,INFO",
      "emerg,FATAL"
    })
    void isUnderstoodInItsUsualSpellings(String spelling, Level level) {
      assertThat(decode("{'topic':'a','level':'" + spelling + "'}").level()).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'loud'", "' info'", "'\\ud800'"})
    void isOneOfThose(String level) {
      assertInvalid("{'topic':'a','level':" + level + "}", "level", "must be one of TRACE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "30", "true", "['info']", "{}"})
    void isAString(String level) {
      assertInvalid("{'topic':'a','level':" + level + "}", "level", "must be a string");
    }
  }

  @Nested
  class TimestampOfAnEvent {

    @ParameterizedTest
    @CsvSource({
      "'\"2026-11-22T07:00:00Z\"',2026-11-22T07:00:00Z",
      "'\"2026-11-22t07:00:00.123456789+07:00\"',2026-11-22T00:00:00.123456789Z",
      "1795330800,2026-11-22T07:00:00Z",
      "1795330800123,2026-11-22T07:00:00.123Z",
      "1795330800123456,2026-11-22T07:00:00.123456Z",
      "1795330800123456789,2026-11-22T07:00:00.123456789Z",
      "1795330800.25,2026-11-22T07:00:00.250Z",
      "-1,1969-12-31T23:59:59Z",
      "'\"1795330800\"',2026-11-22T07:00:00Z",
      "'\"2026-11-22T07:00:00\\u005a\"',2026-11-22T07:00:00Z"
    })
    void isRfc3339OrAnEpoch(String timestamp, Instant time) {
      assertThat(decode("{'topic':'a','timestamp':" + timestamp + "}").timestamp()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "''",
          "'now'",
          "'2026-11-22'",
          "'2026-11-22T07:00:00'",
          "'2026-02-30T07:00:00Z'",
          "'15m'",
          "true",
          "[]",
          "{}",
          "1e99",
          "'NaN'"
        })
    void isNothingElse(String timestamp) {
      assertInvalid("{'topic':'a','timestamp':" + timestamp + "}", "timestamp", "must be RFC 3339");
    }
  }

  @Nested
  class Attributes {

    private static String attributes(int count) {
      return IntStream.range(0, count)
          .mapToObj(i -> "'k" + i + "':'v'")
          .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void areAtMost64() {
      assertThat(decode("{'topic':'a','attributes':" + attributes(64) + "}").attributes())
          .hasSize(64);
      assertInvalid(
          "{'topic':'a','attributes':" + attributes(65) + "}", "attributes", "must be at most 64");
    }

    @Test
    void comeBackInOrderAsText() {
      assertThat(
              decode("{'topic':'a','attributes': { 'z' : 'a b' , '\\u0061' : '\\u00e9\\n' } }")
                  .attributes())
          .containsExactly(java.util.Map.entry("z", "a b"), java.util.Map.entry("a", "é\n"));
    }

    @Test
    void mayBeEmpty() {
      assertThat(decode("{'topic':'a','attributes':{ }}").attributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        value = {
          "'x' | must be an object of strings",
          "[] | must be an object of strings",
          "1 | must be an object of strings",
          "{'n':1} | must be strings, unlike that of n",
          "{'n':null} | must be strings, unlike that of n",
          "{'n':{}} | must be strings, unlike that of n",
          "{'a':'1','b':'2','a':'3'} | must not repeat a name, as they do with a",
          "{'a':'1','\\u0061':'2'} | must not repeat a name, as they do with a",
          "{'\\u0061':'1','a':'2'} | must not repeat a name, as they do with a",
          "{'a':'\\ud800'} | must not have a lone surrogate",
          "{'\\udc00':''} | must not have a lone surrogate"
        })
    void areFlatStringsEachNamedOnce(String attributes, String reason) {
      assertInvalid("{'topic':'a','attributes':" + attributes + "}", "attributes", reason);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "'x'", "null", "[{'topic':'a'}]"})
  void isAnObject(String envelope) {
    assertInvalid(envelope, null, "must be a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'topic':'a'",
        "{'topic':'a',}",
        "{topic:'a'}",
        "{'topic':'a'} x",
        "{'topic':'a'}}",
        "{'topic':'a','payload':01}",
        "{'topic':'a' 'id':'1'}",
        ""
      })
  void isValidJson(String envelope) {
    assertInvalid(envelope, null, "malformed JSON at byte ");
  }

  @Test
  void isAlone() {
    assertInvalid("{'topic':'a'}{'topic':'b'}", null, "application/x-ndjson");
  }

  @Test
  void isUtf8() {
    byte[] latin =
        "{\"topic\":\"a\",\"payload\":\"é\"}"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Decoding.decode(decoder, latin))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("invalid UTF-8");
    assertThat(
            Decoding.decode(decoder, "{\"topic\":\"a\",\"payload\":\"é\"}".getBytes(UTF_8))
                .payload())
        .isEqualTo("\"é\"");
  }
}
