package dev.logaggregator.stats;

import dev.logaggregator.event.JsonBuffer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A JSON document as an answer, to be asked for anew each time. */
final class JsonAnswer {

  private JsonAnswer() {}

  static void send(HttpServletResponse response, JsonBuffer json) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    response.setContentLength(json.length());
    json.writeTo(response.getOutputStream());
  }
}
