package dev.logaggregator.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  @ParameterizedTest
  @CsvSource({
    "'',''",
    "abc,abc",
    "é,é",
    "\\u00e9,é",
    "\\u00E9x,éx",
    "\\ud83d\\ude80,\uD83D\uDE80",
    "a\\\"b,a\"b",
    "\\\\n,\\n",
    "\\/,/",
    "x\\\\,x\\"
  })
  void saysWhatAStringMeans(String inside, String text) {
    byte[] bytes = ("\"" + inside + "\"").getBytes(UTF_8);
    assertThat(JsonText.unescape(bytes, 1, bytes.length - 1)).isEqualTo(text);
    assertThat(JsonText.hasEscape(bytes, 1, bytes.length - 1)).isEqualTo(inside.indexOf('\\') >= 0);
  }

  @ParameterizedTest
  @CsvSource({"\\b\\f\\n\\r\\t,8 12 10 13 9", "\\u0000,0", "\\ud800,55296"})
  void saysWhatControlCharactersMean(String inside, String codes) {
    byte[] bytes = inside.getBytes(UTF_8);
    String text = JsonText.unescape(bytes, 0, bytes.length);
    assertThat(text.chars().mapToObj(Integer::toString).toList()).containsExactly(codes.split(" "));
  }
}
