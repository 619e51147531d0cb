package dev.logaggregator.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;

/** The largest and the worst that is still legal, or just beyond. */
final class Payloads {

  static final int MEBIBYTE = 1 << 20;

  /** What one request may have. */
  static final int MOST_REQUEST_BYTES = 64 * MEBIBYTE;

  private static final int LONGEST_TOPIC = 255;
  private static final int TERMS = 250;

  private Payloads() {}

  /** An event of about 1 MiB as JSON, of control characters, each of which takes six bytes. */
  static byte[] controlCharacters() {
    String escape = "\\u0001";
    String text = escape.repeat((MEBIBYTE - 1_024) / escape.length());
    return ('"' + text + '"').getBytes(US_ASCII);
  }

  /** A topic that nobody else has, with as many characters as one may have. */
  static String longTopic(int number) {
    String name = "t%06d.".formatted(number);
    return name + "x".repeat(LONGEST_TOPIC - name.length());
  }

  /** An event of each of the topics, a line each. */
  static byte[] eventOfEach(int from, int to, IntFunction<String> topic) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append("{\"topic\":\"").append(topic.apply(i)).append("\",\"payload\":1}\n");
    }
    return lines.toString().getBytes(US_ASCII);
  }

  /** As many terms as a query may have, each of which everything must be searched for. */
  static String worstQuery() {
    StringBuilder query = new StringBuilder("none0a");
    for (int i = 1; i < TERMS; i++) {
      query.append(" or none").append(Integer.toString(i, 36)).append('a');
    }
    return query.toString();
  }

  /** NDJSON of the smallest events, as many as a request may have. */
  static byte[] tinyEvents() {
    return repeated("{}\n", MOST_REQUEST_BYTES);
  }

  /** An array of an array of an array, and so on. */
  static byte[] nested(int depth) {
    return ("[".repeat(depth) + "]".repeat(depth)).getBytes(US_ASCII);
  }

  /** An envelope with more attributes than there may be, each as long as the event allows. */
  static byte[] attributes(int count) {
    StringBuilder event = new StringBuilder("{\"topic\":\"hostile.attributes\",\"attributes\":{");
    int length = (MEBIBYTE - 4_096) / count - 16;
    for (int i = 0; i < count; i++) {
      event.append(i == 0 ? "" : ",").append("\"a").append(i).append("\":\"");
      event.append("v".repeat(length)).append('"');
    }
    return event.append("},\"payload\":1}").toString().getBytes(US_ASCII);
  }

  /** Text over and over, about so long. */
  static byte[] repeated(String text, int length) {
    return text.repeat(length / text.length()).getBytes(US_ASCII);
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  static byte[] zstd(byte[] content) {
    return Zstd.compress(content, 19);
  }
}
