package dev.logaggregator.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonBufferTest {

  private final JsonBuffer buffer = new JsonBuffer(0);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "~~,\"\"",
        "a,\"a\"",
        "a\"b,\"a\\\"b\"",
        "a\\b,\"a\\\\b\"",
        "~\n\r\t~,\"\\n\\r\\t\"",
        "~\u0000\b\f\u001f~,\"\\u0000\\u0008\\u000c\\u001f\"",
        "~\u007f~,\"\u007f\"",
        "é€𝄞,\"é€𝄞\"",
        "</script>,\"</script>\"",
        "~\u2028~,\"\u2028\""
      })
  void escapesWhatJsonDemands(String text, String json) {
    assertThat(buffer.string(text)).hasToString(json);
  }

  @Test
  void writesStringsThatAreReadAsTheyWere() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      String text =
          random
              .ints(random.nextInt(40), 0, random.nextBoolean() ? 0x80 : 0x11_0000)
              .filter(c -> c < 0xD800 || c > 0xDFFF)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      buffer.clear();
      buffer.string(text);
      assertThat(JsonMapper.shared().readValue(buffer.toByteArray(), String.class))
          .as("seed %d", seed)
          .isEqualTo(text);
      new JsonScanner(0).scanValue(buffer.bytes(), 0, buffer.length());
      byte[] json = buffer.toByteArray();
      assertThat(JsonText.unescape(json, 1, json.length - 1)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        9,
        10,
        99,
        100,
        12345678901L,
        999_999_999_999_999_999L,
        Long.MAX_VALUE,
        -1,
        Long.MIN_VALUE
      })
  void writesNumbers(long number) {
    assertThat(buffer.number(number)).hasToString(Long.toString(number));
  }

  @ParameterizedTest
  @CsvSource({"0,3,0.0", "1.23456,3,1.235", "0.8,1,0.8", "100,1,100.0", "-0.05,1,-0.1"})
  void writesDecimals(double number, int decimals, String json) {
    assertThat(Double.parseDouble(buffer.decimal(number, decimals).toString()))
        .isCloseTo(Double.parseDouble(json), org.assertj.core.data.Offset.offset(0.1));
    assertThat(buffer.toString()).hasSizeLessThanOrEqualTo(json.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T07:00:00Z", "2026-11-22T07:00:00.120Z", "2026-11-22T07:00:00.000001Z",
        "2026-11-22T07:00:00.123456789Z", "1969-12-31T23:59:59.999999999Z", "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z", "2024-02-29T00:00:00.001Z"
      })
  void writesTimes(String time) {
    assertThat(buffer.timestamp(Instant.parse(time))).hasToString('"' + time + '"');
  }

  @Test
  void writesManyTimesInAnyOrder() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      Instant time =
          Instant.ofEpochSecond(random.nextInt(3) * 86_400L + random.nextInt(3), random.nextInt(2));
      buffer.clear();
      assertThat(buffer.timestamp(time)).hasToString('"' + time.toString() + '"');
    }
  }

  @Test
  void growsAsItMust() throws IOException {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      buffer.put('{').ascii("abc").raw("xéx".getBytes(UTF_8), 1, 3).number(i).put('}');
      expected.append("{abcé").append(i).append('}');
    }
    assertThat(buffer).hasToString(expected.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    buffer.writeTo(out);
    assertThat(out.toString(UTF_8)).isEqualTo(expected.toString());
  }

  @Test
  void forgetsWhatItIsTold() {
    buffer.ascii("abcdef").truncate(3);
    assertThat(buffer.put('x')).hasToString("abcx");
    buffer.clear();
    assertThat(buffer.length()).isZero();
  }
}
