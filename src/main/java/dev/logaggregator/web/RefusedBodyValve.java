package dev.logaggregator.web;

import dev.logaggregator.worker.CarrierYield;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads the rest of a body that nobody wants, for a while, and throws it away. Whoever is still
 * sending when the connection is closed may never get to read why; but whoever goes on sending, or
 * sends a byte now and then, is not waited for: what is read is bounded in time and in bytes, and
 * so is how many are read at once.
 */
final class RefusedBodyValve extends ValveBase {

  /** A client that has read its answer mostly stops, or is done, in less. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** However fast the rest comes. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** The largest body that is refused for its size by a publisher who doesn't look. */
  private static final long MOST_BYTES = 128L * 1024 * 1024;

  /** More time for who sends at this rate at least. */
  private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / (1024 * 1024);

  /** Each takes a virtual thread and what Tomcat has for its connection anyway. */
  private static final int MOST_AT_ONCE = 256;

  private static final long PAUSE_MILLIS = 10;

  private final AtomicInteger underWay = new AtomicInteger();

  RefusedBodyValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (!request.isAsync() && is(ActionCode.IS_IO_ALLOWED, request) && hasRest(request)) {
      refuse(request, response);
    }
  }

  private static boolean hasRest(Request request) {
    return !is(ActionCode.REQUEST_BODY_FULLY_READ, request);
  }

  private static boolean is(ActionCode question, Request request) {
    AtomicBoolean answer = new AtomicBoolean();
    request.getCoyoteRequest().action(question, answer);
    return answer.get();
  }

  private void refuse(Request request, Response response) throws IOException {
    response.finishResponse();
    org.apache.coyote.Request coyote = request.getCoyoteRequest();
    boolean waitsForLeave = coyote.hasExpectation() && coyote.getBytesRead() == 0;
    boolean swallowed = false;
    if (!waitsForLeave && underWay.incrementAndGet() <= MOST_AT_ONCE) {
      try {
        swallowed = swallow(coyote, request);
      } catch (IOException gone) {
        // It is closed either way.
      } finally {
        underWay.decrementAndGet();
      }
    }
    if (!swallowed) {
      response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }
  }

  /** Whether all of it came in time. Never waits in a read, whose own timeout is a long one. */
  private static boolean swallow(org.apache.coyote.Request coyote, Request request)
      throws IOException {
    Waste waste = new Waste();
    CarrierYield carrier = new CarrierYield();
    long start = System.nanoTime();
    while (hasRest(request)) {
      coyote.action(ActionCode.AVAILABLE, Boolean.TRUE);
      if (coyote.getAvailable() > 0) {
        if (coyote.doRead(waste) < 0) {
          return true;
        }
        carrier.took(waste.takeNote());
      } else if (!pause()) {
        return false;
      }
      long patience = PATIENCE_NANOS + waste.bytes * NANOS_PER_BYTE;
      if (waste.bytes > MOST_BYTES || System.nanoTime() - start > Math.min(patience, MOST_NANOS)) {
        return false;
      }
    }
    return true;
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Is given Tomcat's own buffer. */
  private static final class Waste implements ApplicationBufferHandler {

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long bytes;

    /** How many bytes the last read gave. */
    int takeNote() {
      int count = buffer.remaining();
      bytes += count;
      buffer.position(buffer.limit());
      return count;
    }

    @Override
    public void setByteBuffer(ByteBuffer given) {
      buffer = given;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {
      // Tomcat gives its own buffer, and never asks for room in this one.
    }
  }
}
