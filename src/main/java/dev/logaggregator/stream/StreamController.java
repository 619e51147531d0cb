package dev.logaggregator.stream;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.EventPieces;
import dev.logaggregator.request.Places;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.Position;
import dev.logaggregator.store.ReadRequest;
import dev.logaggregator.worker.Shutdown;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /events} with {@code Accept: text/event-stream}. */
@RestController
final class StreamController {

  /** What nginx is told, so that it doesn't hold back events to send more at a time. */
  private static final String BUFFERING = "X-Accel-Buffering";

  private final EventStore store;
  private final InstantSource clock;
  private final StreamSettings settings;
  private final Streams streams;
  private final LiveEdge edge;
  private final EventEncoder encoder;
  private final SharedChunks shared;
  private final StreamConnections connections;
  private final MemoryAccount memory;

  StreamController(
      EventStore store,
      InstantSource clock,
      StreamSettings settings,
      Streams streams,
      LiveEdge edge,
      EventEncoder encoder,
      SharedChunks shared,
      StreamConnections connections,
      MemoryAccount memory,
      Shutdown shutdown) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.streams = streams;
    this.edge = edge;
    this.encoder = encoder;
    this.shared = shared;
    this.connections = connections;
    this.memory = memory;
    shutdown.whenBegun(edge::end);
    shutdown.whenBegun(connections::endBlocked);
  }

  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      stream(StreamRequest.parse(request, clock.instant()), request, response);
    } finally {
      if (streams.count() == 0) {
        shared.clear();
      }
    }
  }

  private void stream(
      StreamRequest wanted, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ClientConnection client = ClientConnection.of(request);
    try (Places.Place place = streams.take(request.getRemoteAddr());
        StreamConnections.Patience patience = connections.patience(client);
        Claim filter = memory.claim(Use.FILTERS, request.getRemoteAddr());
        Claim claim = memory.claim(Use.STREAMS, request.getRemoteAddr());
        LiveEdge.Reader reader = edge.enter()) {
      filter.atLeast(wanted.filterBytes());
      Position start = start(wanted);
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
      response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
      response.setHeader(BUFFERING, "no");
      response.flushBuffer();
      if (!"HEAD".equals(request.getMethod())) {
        send(wanted, start, reader, client, claim, response.getOutputStream());
      }
    }
  }

  private void send(
      StreamRequest wanted,
      Position start,
      LiveEdge.Reader reader,
      ClientConnection client,
      Claim claim,
      ServletOutputStream out) {
    EventStream stream =
        new EventStream(store, encoder, shared, wanted, client, settings.heartbeat(), claim, out);
    try {
      if (start.gap() != null) {
        out.write(EventEncoder.gap(start.gap()));
      }
      stream.run(start.offset(), reader);
    } catch (EventPieces.EvictedException incomplete) {
      // Coming back, the client is told of the gap.
      client.cutOff();
    } catch (IOException clientHasGone) {
      // Which is how most streams end, and there is nobody left to tell.
    }
  }

  private Position start(StreamRequest wanted) throws IOException {
    Cursor after = wanted.after();
    if (after != null) {
      return store.locate(after);
    }
    if (wanted.fromOldest()) {
      return new Position(store.firstRetainedOffset() - 1, null);
    }
    return new Position(beforeNewest(wanted), null);
  }

  /** The offset before the newest matching events that are to be replayed. */
  private long beforeNewest(StreamRequest wanted) throws IOException {
    long[] first = {store.watermark()};
    if (wanted.replay() > 0) {
      store.read(
          new ReadRequest(
              wanted.filter(), Order.DESC, first[0], wanted.replay(), () -> false, wanted.client()),
          event -> {
            first[0] = event.offset();
            return true;
          });
    }
    return first[0] - 1;
  }
}
