package dev.logaggregator.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it goes over the wire.
 *
 * @param headers each as {@code Name: value}
 * @param body shared by all who send it
 * @param announced the length that the request claims for its body; negative for the body's own
 */
record Request(String line, List<String> headers, byte[] body, long announced) {

  private static final byte[] NO_BODY = {};

  static Request get(String path) {
    return new Request("GET " + path, List.of(), NO_BODY, -1);
  }

  static Request delete(String path) {
    return new Request("DELETE " + path, List.of(), NO_BODY, -1);
  }

  static Request post(String path, String contentType, byte[] body) {
    return new Request("POST " + path, List.of("Content-Type: " + contentType), body, -1);
  }

  static Request post(String path, String json) {
    return post(path, "application/json", json.getBytes(UTF_8));
  }

  static Request put(String path, String json) {
    return new Request(
        "PUT " + path, List.of("Content-Type: application/json"), json.getBytes(UTF_8), -1);
  }

  /** A value of the query string. */
  static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  Request with(String header) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    return new Request(line, more, body, announced);
  }

  /** The same that claims a body of so many bytes. */
  Request announcing(long bytes) {
    return new Request(line, headers, body, bytes);
  }

  /** All before the body. */
  byte[] head() {
    StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\n");
    if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
      head.append("Host: localhost\r\n");
    }
    headers.forEach(header -> head.append(header).append("\r\n"));
    boolean chunked = headers.contains("Transfer-Encoding: chunked");
    if (!chunked && (body.length > 0 || announced >= 0)) {
      head.append("Content-Length: ").append(announced < 0 ? body.length : announced);
      head.append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }
}
