package dev.logaggregator.query;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Topic;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.EventPieces;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.EventStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /events/{offset}}: one event, or why there is none. */
@RestController
class SingleEventController {

  private final EventStore store;
  private final MemoryAccount memory;

  SingleEventController(EventStore store, MemoryAccount memory) {
    this.store = store;
    this.memory = memory;
  }

  @GetMapping(path = "/events/{offset}", produces = MediaType.APPLICATION_JSON_VALUE)
  void event(
      @PathVariable("offset") String text, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    long offset = offset(text);
    try (Claim claim = memory.claim(Use.ANSWERS, request.getRemoteAddr())) {
      answer(offset, new ResponseChunks(response, store, claim), response);
    } catch (ClientGoneException nobodyToTell) {
      // There is nothing left to do.
    } catch (EventPieces.EvictedException incomplete) {
      ClientConnection.of(request).cutOff();
    }
  }

  private void answer(long offset, ResponseChunks out, HttpServletResponse response)
      throws IOException {
    AtomicReference<@Nullable Topic> topic = new AtomicReference<>();
    store.readAt(
        offset,
        event -> {
          topic.set(event.topic());
          out.write(event, "");
          return false;
        });
    Topic found = topic.get();
    if (found == null || found.isSystem()) {
      throw new ErrorResponseException(
          HttpStatus.NOT_FOUND,
          ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, whyThereIsNone(offset, found)),
          null);
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    out.end();
  }

  private static long offset(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new InvalidEventException(
          "offset", "must be a whole number from 0 on, not " + QueryParameters.quoted(text));
    }
    return Long.parseLong(text);
  }

  private String whyThereIsNone(long offset, @Nullable Topic systemTopic) {
    if (systemTopic != null) {
      return "The event at offset %d is in system topic %s, which is read only when it is named:"
              .formatted(offset, systemTopic)
          + " GET /events?topic=%s&order=asc&after=%d&limit=1".formatted(systemTopic, offset - 1);
    }
    long watermark = store.watermark();
    if (offset >= watermark) {
      return "Offset %d is not yet written: the next event will get offset %d."
          .formatted(offset, watermark);
    }
    long oldest = store.firstRetainedOffset();
    if (offset < oldest) {
      return oldest == watermark
          ? "Offset %d is evicted, as all events are.".formatted(offset)
          : "Offset %d is evicted: the oldest retained event has offset %d."
              .formatted(offset, oldest);
    }
    return "Offset %d is evicted, with its topic or by a bound of its topic, or was never given:"
            .formatted(offset)
        + " offsets may have holes.";
  }
}
