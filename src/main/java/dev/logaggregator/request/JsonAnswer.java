package dev.logaggregator.request;

import dev.logaggregator.json.JsonBuffer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A JSON document as the whole answer. */
public final class JsonAnswer {

  private JsonAnswer() {}

  /**
   * Answers with the document, of which nothing was sent yet.
   *
   * @param caching what caches may do with it
   */
  public static void send(HttpServletResponse response, JsonBuffer json, CacheControl caching)
      throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, caching.getHeaderValue());
    response.setContentLength(json.length());
    json.writeTo(response.getOutputStream());
  }
}
