package dev.logaggregator.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What no HTTP client would send, over a bare socket.
 *
 * @param headers by lower-case name; of several, the last
 */
record RawHttp(int status, Map<String, String> headers, String body) {

  private static final int TIMEOUT_MILLIS = 10_000;

  /**
   * Sends bytes as they are and reads until the server closes, which the request has to ask for.
   *
   * @param request in ISO-8859-1, with LF for CRLF
   */
  static RawHttp exchange(int port, String request) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RawHttp parse(String response) {
    int end = response.indexOf("\r\n\r\n");
    String[] head = response.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(':');
      headers.put(
          head[i].substring(0, colon).toLowerCase(Locale.ROOT),
          head[i].substring(colon + 1).trim());
    }
    return new RawHttp(
        Integer.parseInt(head[0].split(" ", -1)[1]), headers, response.substring(end + 4));
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(body);
  }
}
