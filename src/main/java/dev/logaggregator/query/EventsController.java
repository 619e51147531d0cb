package dev.logaggregator.query;

import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.EventPieces;
import dev.logaggregator.request.Places;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.search.EventSearch;
import dev.logaggregator.search.SearchRequest;
import dev.logaggregator.search.Searches;
import dev.logaggregator.store.EventStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /events} as JSON and as NDJSON. */
@RestController
class EventsController {

  private static final int PAGE_EVENTS = 100;
  private static final Places.Place NOT_NEEDED = () -> {};

  private final EventStore store;
  private final Searches searches;
  private final InstantSource clock;
  private final Shutdown shutdown;
  private final Places downloads;
  private final Places waiting;
  private final MemoryAccount memory;

  EventsController(
      EventStore store,
      Searches searches,
      InstantSource clock,
      Shutdown shutdown,
      Places downloads,
      Places waiting,
      MemoryAccount memory) {
    this.store = store;
    this.searches = searches;
    this.clock = clock;
    this.shutdown = shutdown;
    this.downloads = downloads;
    this.waiting = waiting;
    this.memory = memory;
  }

  /**
   * Takes every {@code Accept} that no handler names more precisely, and refuses those it can't
   * serve: {@code text/event-stream} has a handler of its own.
   */
  @GetMapping(
      path = "/events",
      produces = {EventFormat.JSON, EventFormat.NDJSON, MediaType.ALL_VALUE})
  void events(HttpServletRequest request, HttpServletResponse response) throws IOException {
    MediaType type =
        EventFormat.negotiate(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    EventsQuery query =
        EventsQuery.parse(QueryParameters.of(request, EventsQuery.known()), clock.instant());
    Places places = EventFormat.isNdjson(type) ? downloads : waiting;
    boolean lasts = EventFormat.isNdjson(type) || query.maxWait().isPositive();
    try (Places.Place place = lasts ? places.take(request.getRemoteAddr()) : NOT_NEEDED;
        Claim claim = memory.claim(Use.ANSWERS, request.getRemoteAddr())) {
      answer(type, query, request, response, new ResponseChunks(response, store, claim));
    }
  }

  private void answer(
      MediaType type,
      EventsQuery query,
      HttpServletRequest request,
      HttpServletResponse response,
      ResponseChunks out)
      throws IOException {
    SearchRequest wanted = query.request(request.getRemoteAddr());
    EventSearch search =
        EventFormat.isNdjson(type) ? searches.download(wanted) : searches.page(wanted);
    response.setContentType(type.toString());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    ClientConnection client = ClientConnection.of(request);
    try {
      if (EventFormat.isNdjson(type)) {
        download(query, search, client, request, response, out);
      } else {
        page(query, search, client, out);
      }
    } catch (EventPieces.EvictedException incomplete) {
      client.cutOff();
    } catch (ClientGoneException nobodyToTell) {
      // The search has ended with it, which is all there was to do.
    }
  }

  private void page(
      EventsQuery query, EventSearch search, ClientConnection client, ResponseChunks out)
      throws IOException {
    Integer limit = query.limit();
    JsonPage page = new JsonPage(out, limit == null ? PAGE_EVENTS : limit);
    search.run(page, client::isGone, givenUp(client));
    if (query.required() && !page.hasEvents()) {
      throw nothingMatched(query);
    }
    page.end(query.order(), store.epoch(), search);
  }

  private void download(
      EventsQuery query,
      EventSearch search,
      ClientConnection client,
      HttpServletRequest request,
      HttpServletResponse response,
      ResponseChunks out)
      throws IOException {
    boolean headersOnly = "HEAD".equals(request.getMethod());
    Integer limit = query.limit();
    var download =
        new NdjsonDownload(store, search, response, out, limit == null ? Long.MAX_VALUE : limit);
    BooleanSupplier cancelled =
        () -> headersOnly && download.hasEvents() || !out.keepGoing() || client.isGone();
    search.run(download, cancelled, givenUp(client));
    if (query.required() && !download.hasEvents()) {
      throw nothingMatched(query);
    }
    if (!download.end()) {
      client.cutOff();
    } else if (!headersOnly) {
      out.end();
    }
  }

  private BooleanSupplier givenUp(ClientConnection client) {
    return () -> shutdown.hasBegun() || client.isGone();
  }

  private static ErrorResponseException nothingMatched(EventsQuery query) {
    String detail =
        query.maxWait().isZero()
            ? "No retained event matches; wait=30s with order=asc would wait for one."
            : "No event matched within " + query.maxWait().toMillis() + " ms.";
    return new ErrorResponseException(
        HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, detail), null);
  }
}
