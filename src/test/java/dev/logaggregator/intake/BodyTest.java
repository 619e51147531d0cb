package dev.logaggregator.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A body to its limits, by what was announced and by what comes. */
class BodyTest {

  private static final int MAX_BYTES = 100;
  private static final int UNKNOWN = -1;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final AtomicLong nanos = new AtomicLong();

  private Body body(String encoding, InputStream in, long contentLength) {
    return new Body(
        ContentEncoding.named(encoding),
        new RawBody(in, MAX_BYTES, TIMEOUT, nanos::get),
        contentLength,
        MAX_BYTES,
        new HeldMemory(new MemoryAccount(1 << 30).claim(Use.BODIES, "client")));
  }

  private Body of(int bytes, long contentLength) {
    return body("identity", new ByteArrayInputStream(new byte[bytes]), contentLength);
  }

  @Test
  void mayBeAnnouncedAsLargeAsItMayBe() {
    assertThat(of(MAX_BYTES, MAX_BYTES).readAll()).hasSize(MAX_BYTES);
    assertThatThrownBy(() -> of(MAX_BYTES + 1, MAX_BYTES + 1))
        .isInstanceOf(IntakeException.BodyTooLarge.class);
  }

  @Test
  void mayBeAnEventAsLargeAsOneMayBe() {
    for (int announced : new int[] {10, UNKNOWN}) {
      assertThat(of(10, announced).readAll(10)).hasSize(10);
      assertThatThrownBy(() -> of(10, announced).readAll(9))
          .isInstanceOf(IntakeException.EventTooLarge.class);
    }
  }

  @Test
  void isCompleteWithItsLastByteWhereItsLengthIsKnown() {
    Body known = of(2, 2);
    byte[] one = new byte[1];
    known.read(one, 0, 1);
    assertThat(known.isComplete()).isFalse();
    known.read(one, 0, 1);
    assertThat(known.isComplete()).isTrue();

    Body unknown = of(1, UNKNOWN);
    unknown.read(one, 0, 1);
    assertThat(unknown.isComplete()).isFalse();
    assertThat(unknown.read(one, 0, 1)).isEqualTo(-1);
    assertThat(unknown.isComplete()).isTrue();
  }

  @Test
  void isCompleteWhereItEndsAtItsLimit() {
    Body full = of(MAX_BYTES, UNKNOWN);
    assertThat(full.read(new byte[MAX_BYTES], 0, MAX_BYTES)).isEqualTo(MAX_BYTES);
    assertThat(full.isComplete()).isFalse();
    assertThat(full.read(new byte[1], 0, 1)).isEqualTo(-1);
    assertThat(full.isComplete()).isTrue();
  }

  /** Of a compressed one that isn't known, and at the limit there is nothing more to be read. */
  @Test
  void saysWhetherMoreHasArrived() {
    Body body = of(MAX_BYTES + 1, UNKNOWN);
    assertThat(body.hasArrived()).isTrue();
    body.read(new byte[MAX_BYTES], 0, MAX_BYTES);
    assertThat(body.hasArrived()).isFalse();

    assertThat(of(0, UNKNOWN).hasArrived()).isFalse();
    assertThat(body("gzip", new ByteArrayInputStream(new byte[9]), 9).hasArrived()).isFalse();
  }

  /** Gives out so much at a time, for which it takes so long. */
  private InputStream slow(String text, int bytes, Duration pause) {
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        nanos.addAndGet(pause.toNanos());
        return super.read(target, offset, Math.min(bytes, length));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private static final class Counting implements LineReader.LineTaker {

    private int lines;

    @Override
    public void line(byte[] bytes, int from, int to, long line) {
      lines++;
    }

    @Override
    public void cutLine(RawEvent beginning) {
      lines++;
    }

    @Override
    public void arrived() {}
  }

  @Test
  void mayTakeItsTimeBetweenLines() {
    Counting taker = new Counting();
    InputStream in = slow("abc\n".repeat(20), 4, TIMEOUT.plusSeconds(5));
    new LineReader(body(null, in, UNKNOWN), 10, taker).readAll();

    assertThat(taker.lines).isEqualTo(20);
  }

  @Test
  void mayNotTakeItWithinALine() {
    Counting taker = new Counting();
    InputStream in = slow("abc\n" + "x".repeat(50), 1, Duration.ofSeconds(1));
    LineReader reader = new LineReader(body(null, in, UNKNOWN), 80, taker);

    assertThatThrownBy(reader::readAll).isInstanceOf(IntakeException.BodyTooSlow.class);
    assertThat(taker.lines).isEqualTo(1);
  }
}
