package dev.logaggregator.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what isn't, and where its parts are. */
class JsonScannerTest {

  private static final int MAX_DEPTH = 64;

  private final JsonScanner scanner = new JsonScanner(MAX_DEPTH);

  private void scan(byte[] json) {
    scanner.scanValue(json, 0, json.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "-1",
        "10",
        "1.0",
        "0.00000000000000000000000000001",
        "1e1",
        "1E1",
        "1e+1",
        "1e-1",
        "0e1",
        "0E+1",
        "-0.0e-0",
        "123123e100000",
        "1e99999999999999999999",
        "123456789012345678901234567890123456789012345678901234567890",
        "\"\"",
        "\"a\"",
        "\" \"",
        "\"\u007f\"",
        "\"\u0080\"",
        "\"\u2028\u2029\"",
        "\"\ufeff\"",
        "\"\uffff\"",
        "\"\uD834\uDD1E\"",
        "\"\udbff\udfff\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u0000\"",
        "\"\\u0012\\uABCD\\uabcd\\uAbCd\"",
        "\"\\ud834\\udd1e\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"// /* not a comment */ # nor this\"",
        "[]",
        "[ ]",
        "[null]",
        "[1,2]",
        "[[],[[]],{}]",
        "[\"a\",1,null,true,false,{},[]]",
        "{}",
        "{ }",
        "{\"\":0}",
        "{\"a\":\"b\"}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":[{\"c\":null}]}}",
        "{\"\\u0000\":1}",
        " \t\r\n1 \t\r\n",
        " [ 1 , { \"a\" : 2 } ] "
      })
  void takesWellFormedJson(String json) {
    assertThatNoException().isThrownBy(() -> scan(bytes(json)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "nulll",
        "True",
        "TRUE",
        "undefined",
        "NaN",
        "Infinity",
        "-Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "00",
        "0x1",
        "1.",
        ".1",
        "1.e1",
        "1e",
        "1e+",
        "1e1.0",
        "1 000",
        "1_000",
        "--1",
        "0-1",
        "1a",
        "\uFF11",
        "\"",
        "\"a",
        "a\"",
        "'a'",
        "\"\\\"",
        "\"\\",
        "\"\\x00\"",
        "\"\\a\"",
        "\"\\U0000\"",
        "\"\\u\"",
        "\"\\u0\"",
        "\"\\u00\"",
        "\"\\u000\"",
        "\"\\u000g\"",
        "\"\\u00 0\"",
        "\"\\u\uFF10\uFF10\uFF10\uFF10\"",
        "\"\n\"",
        "\"\t\"",
        "\"\r\"",
        "\"\u0000\"",
        "\"\u001f\"",
        "\"01234567\u001f\"",
        "\"\\\n\"",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1,,2]",
        "[1 2]",
        "[1;2]",
        "[1}",
        "[1]]",
        "[1],",
        "[a]",
        "[\"a\":1]",
        "[1:2]",
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{,\"a\":1}",
        "{\"a\":1,,\"b\":2}",
        "{\"a\" 1}",
        "{\"a\"::1}",
        "{\"a\",1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1]",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{null:1}",
        "{[]:1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1}}",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1} x",
        "{\"a\":1}#",
        "1 2",
        "1,2",
        "\"a\"\"b\"",
        "/* */1",
        "1//",
        "// x\n1",
        "\uFEFF1",
        "\u00A01",
        "\u000B1",
        "\f1",
        "1\u0000",
        "\u00001",
        "\u2060[]",
        "{\"\ud83d\udca9\":1,}"
      })
  void refusesIllFormedJson(String json) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> scan(bytes(json)))
        .withMessageStartingWith("malformed JSON at byte ");
  }

  /** Inside of a string, in hexadecimal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0 80",
        "c0 af",
        "c1 bf",
        "c2",
        "c2 41",
        "c2 c2",
        "e0 80 80",
        "e0 9f bf",
        "e0 a0",
        "e2 82",
        "e2 28 a1",
        "ed a0 80",
        "ed bf bf",
        "ed a0 bd ed b8 80",
        "f0 80 80 80",
        "f0 8f bf bf",
        "f0 9f 98",
        "f4 90 80 80",
        "f5 80 80 80",
        "f8 88 80 80 80",
        "fc 84 80 80 80 80",
        "fe",
        "ff",
        "61 62 63 64 65 66 67 68 ff"
      })
  void refusesWhatIsNotUtf8(String hex) {
    byte[] inside = HexFormat.ofDelimiter(" ").parseHex(hex);
    byte[] json = new byte[inside.length + 2];
    json[0] = '"';
    json[json.length - 1] = '"';
    System.arraycopy(inside, 0, json, 1, inside.length);

    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> scan(json))
        .withMessageContaining("invalid UTF-8");
  }

  @Test
  void refusesUtf16() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> scan("[1]".getBytes(java.nio.charset.StandardCharsets.UTF_16)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65})
  void findsTheEndOfAStringOfAnyLength(int length) {
    String inside = "x".repeat(length);
    assertThatNoException().isThrownBy(() -> scan(bytes("\"" + inside + "\"")));
    assertThatNoException().isThrownBy(() -> scan(bytes("[\"" + inside + "\",\"é\"]")));
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> scan(bytes("\"" + inside + "\u0001\"")));
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> scan(bytes("\"" + inside)));
  }

  @Test
  void saysWhereAndWhatWasExpected() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> scan(bytes("{\"a\":1,}")))
        .withMessage("malformed JSON at byte 8: expected a member name in quotes, found '}'");
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> scan(bytes("[1")))
        .withMessage("malformed JSON at byte 3: expected ',' or ']', found the end");
  }

  @Test
  void looksAtNothingBeyondItsLimit() {
    byte[] json = bytes("xx{\"a\":1}xx");
    assertThatNoException().isThrownBy(() -> scanner.scanValue(json, 2, json.length - 2));
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> scanner.scanValue(json, 2, json.length - 3))
        .withMessageContaining("at byte 7");
  }

  @Nested
  class Depth {

    private static String nested(int depth, String open, String close) {
      return open.repeat(depth) + "1" + close.repeat(depth);
    }

    @Test
    void takesWhatNestsAsDeepAsAllowed() {
      assertThatNoException().isThrownBy(() -> scan(bytes(nested(MAX_DEPTH, "[", "]"))));
      assertThatNoException().isThrownBy(() -> scan(bytes(nested(MAX_DEPTH, "{\"a\":", "}"))));
      byte[] object = bytes(nested(MAX_DEPTH, "{\"a\":", "}"));
      assertThatNoException()
          .isThrownBy(() -> scanner.scanObject(object, 0, object.length, (a, b, c, d) -> {}));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1_000, 1_000_000})
    void refusesWhatNestsDeeper(int depth) {
      assertThatExceptionOfType(MalformedJsonException.class)
          .isThrownBy(() -> scan(bytes(nested(depth, "[", "]"))))
          .withMessageContaining("nested deeper than 64 levels");
      assertThatExceptionOfType(MalformedJsonException.class)
          .isThrownBy(() -> scan(bytes(nested(depth, "{\"a\":", "}"))))
          .withMessageContaining("nested deeper than 64 levels");
      byte[] object = bytes(nested(depth, "{\"a\":", "}"));
      assertThatExceptionOfType(MalformedJsonException.class)
          .isThrownBy(() -> scanner.scanObject(object, 0, object.length, (a, b, c, d) -> {}))
          .withMessageContaining("nested deeper than 64 levels");
    }

    @Test
    void anEnvelopeDoesNotCount() {
      byte[] json = bytes("{\"a\":" + nested(MAX_DEPTH, "[", "]") + "}");
      List<Integer> depths = new ArrayList<>();
      scanner.scanEnvelope(json, 0, json.length, (a, b, c, d) -> depths.add(scanner.valueDepth()));
      assertThat(depths).containsExactly(MAX_DEPTH);
    }

    @Test
    void saysHowDeepEachMemberNests() {
      byte[] json = bytes("{\"a\":1,\"b\":[[],{\"x\":[]}],\"c\":\"\",\"d\":{}}");
      List<Integer> depths = new ArrayList<>();
      scanner.scanObject(json, 0, json.length, (a, b, c, d) -> depths.add(scanner.valueDepth()));
      assertThat(depths).containsExactly(0, 3, 0, 1);
    }
  }

  @Nested
  class Positions {

    private static String piece(byte[] json, int from, int to) {
      return new String(json, from, to - from, UTF_8);
    }

    private List<String> members(String text) {
      byte[] json = bytes(text);
      List<String> members = new ArrayList<>();
      scanner.scanObject(
          json,
          0,
          json.length,
          (keyStart, keyEnd, valueStart, valueEnd) ->
              members.add(
                  piece(json, keyStart, keyEnd)
                      + "="
                      + piece(json, valueStart, valueEnd)
                      + (scanner.valueIsSpaced() ? " spaced" : "")));
      return members;
    }

    @Test
    void tellsOfEachMemberInOrder() {
      assertThat(
              members(" { \"a\" : 1 ,\"b\":\"x y\",\"c\":[1, 2],\"a\":{\"é\":null} , \"\":[ ] } "))
          .containsExactly(
              "\"a\"=1",
              "\"b\"=\"x y\"",
              "\"c\"=[1, 2] spaced",
              "\"a\"={\"é\":null}",
              "\"\"=[ ] spaced");
    }

    @Test
    void tellsOfNoMemberOfAnEmptyObject() {
      assertThat(members("{ }")).isEmpty();
    }

    @Test
    void tellsOfEachElementInOrder() {
      byte[] json = bytes(" [ 1 , [2,3] , {\"a\": 4},\"5\" ] ");
      List<String> elements = new ArrayList<>();
      scanner.scanArray(
          json, 0, json.length, (start, end) -> elements.add(piece(json, start, end)));
      assertThat(elements).containsExactly("1", "[2,3]", "{\"a\": 4}", "\"5\"");
    }

    @Test
    void knowsWhetherThereIsSpaceBetweenTokens() {
      assertThat(spaced(" [1,2] ")).isFalse();
      assertThat(spaced("{\"a b\":\" \"}")).isFalse();
      assertThat(spaced("[1, 2]")).isTrue();
      assertThat(spaced("[ ]")).isTrue();
      assertThat(spaced("{\"a\" :1}")).isTrue();
      assertThat(spaced("\"a b\"")).isFalse();
    }

    private boolean spaced(String json) {
      scan(bytes(json));
      return scanner.valueIsSpaced();
    }

    @Test
    void knowsItOfObjectsToo() {
      byte[] spaced = bytes(" {\"a\": 1} ");
      scanner.scanObject(spaced, 0, spaced.length, (a, b, c, d) -> {});
      assertThat(scanner.valueIsSpaced()).isTrue();
      byte[] dense = bytes(" {\"a\":1} ");
      scanner.scanObject(dense, 0, dense.length, (a, b, c, d) -> {});
      assertThat(scanner.valueIsSpaced()).isFalse();
    }

    @Test
    void findsTheEndOfWhatIsFollowedByMore() {
      byte[] json = bytes("{\"a\":[1]} ,2");
      assertThat(scanner.scanEnvelope(json, 0, json.length, (a, b, c, d) -> {})).isEqualTo(9);
      assertThat(scanner.skipValue(json, 0, json.length)).isEqualTo(9);
      assertThat(scanner.skipValue(json, 11, json.length)).isEqualTo(12);
    }
  }

  static Stream<String> notObjects() {
    return Stream.of("[]", "1", "\"{}\"", "null", "");
  }

  @ParameterizedTest
  @MethodSource("notObjects")
  void anObjectIsNothingElse(String json) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(
            () -> scanner.scanObject(bytes(json), 0, bytes(json).length, (a, b, c, d) -> {}))
        .withMessageContaining("expected an object");
  }
}
