package dev.logaggregator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A body must keep coming while an event of it is incomplete. */
class RawBodyTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final byte[] buffer = new byte[1 << 20];

  private RawBody body(InputStream in) {
    return new RawBody(in, Long.MAX_VALUE, TIMEOUT, nanos::get);
  }

  private RawBody endless() {
    return body(Bodies.endless(new byte[] {'x'}));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void assertRefused(
      Class<? extends IntakeException> reason, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(reason);
  }

  @Test
  void mayTakeTheTimeoutForAFewBytes() {
    RawBody body = endless();
    body.read(buffer, 0, 1);
    pass(TIMEOUT);
    body.read(buffer, 0, 1);
    pass(Duration.ofSeconds(1));
    assertRefused(IntakeException.BodyTooSlow.class, () -> body.read(buffer, 0, 1));
  }

  @Test
  void mayTakeASecondMoreForEachKibibyte() {
    RawBody body = endless();
    body.read(buffer, 0, 100 * 1024);
    pass(TIMEOUT.plusSeconds(99));
    body.read(buffer, 0, 1);
    pass(Duration.ofSeconds(2));
    assertRefused(IntakeException.BodyTooSlow.class, () -> body.read(buffer, 0, 1));
  }

  @Test
  void mayTakeForEverBetweenEvents() {
    RawBody body = endless();
    for (int i = 0; i < 1000; i++) {
      body.read(buffer, 0, 100);
      body.completed(0);
      pass(Duration.ofHours(1));
    }
    assertThatNoException().isThrownBy(() -> body.read(buffer, 0, 1));
  }

  @Test
  void mayComeALineASecondForEver() {
    RawBody body = endless();
    for (int i = 0; i < 10_000; i++) {
      body.read(buffer, 0, 100);
      body.completed(50);
      pass(Duration.ofSeconds(1));
    }
    assertThatNoException().isThrownBy(() -> body.read(buffer, 0, 1));
  }

  @Test
  void mayNotComeAByteASecondForEver() {
    RawBody body = endless();
    assertRefused(
        IntakeException.BodyTooSlow.class,
        () -> {
          for (int i = 0; i < 60; i++) {
            body.read(buffer, 0, 1);
            pass(Duration.ofSeconds(1));
          }
        });
  }

  @Test
  void startsAnewWithWhatFollowsACompleteEvent() {
    RawBody body = endless();
    body.read(buffer, 0, 100);
    pass(TIMEOUT);
    body.completed(1);
    pass(TIMEOUT);
    body.read(buffer, 0, 1);
    pass(Duration.ofSeconds(1));
    assertRefused(IntakeException.BodyTooSlow.class, () -> body.read(buffer, 0, 1));
  }

  @Test
  void ofWhichNoByteComesIsTooSlow() {
    assertRefused(
        IntakeException.BodyTooSlow.class,
        () -> body(failing(new SocketTimeoutException())).read(buffer, 0, 1));
    assertRefused(
        IntakeException.BodyTooSlow.class,
        () -> body(failing(new IOException(new SocketTimeoutException()))).read(buffer, 0, 1));
  }

  @Test
  void thatBreaksOffIsUnreadable() {
    assertRefused(
        IntakeException.UnreadableBody.class,
        () -> body(failing(new EOFException())).read(buffer, 0, 1));
    assertRefused(
        IntakeException.UnreadableBody.class, () -> body(failing(new IOException("reset"))).read());
  }

  @Test
  void isLimitedBeforeDecompressionToo() {
    RawBody body = new RawBody(Bodies.endless(new byte[] {'x'}), 100, TIMEOUT, nanos::get);
    body.read(buffer, 0, 100);
    assertRefused(IntakeException.BodyTooLarge.class, () -> body.read(buffer, 0, 1));
  }

  @Test
  void saysHowLongItTook() {
    RawBody slow = endless();
    slow.read(buffer, 0, 1);
    pass(TIMEOUT.plusMillis(1_500));
    assertThatThrownBy(() -> slow.read(buffer, 0, 1)).hasMessageContaining(" 31.5 s");
    assertThatThrownBy(() -> body(failing(new SocketTimeoutException())).read())
        .hasMessageContaining(" 30.0 s");
  }

  @Test
  void hasBytesWithoutASign() {
    RawBody body = body(new ByteArrayInputStream(new byte[] {0, 1, -1}));
    assertThat(body.available()).isEqualTo(3);
    assertThat(body.read()).isEqualTo(0);
    assertThat(body.read()).isEqualTo(1);
    assertThat(body.read()).isEqualTo(255);
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void ends() {
    assertThat(body(InputStream.nullInputStream()).read(buffer, 0, 1)).isEqualTo(-1);
    assertThat(body(InputStream.nullInputStream()).read()).isEqualTo(-1);
  }

  private static InputStream failing(IOException failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw failure;
      }
    };
  }
}
