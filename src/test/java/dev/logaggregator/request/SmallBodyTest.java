package dev.logaggregator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.memory.Use;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SmallBodyTest {

  private static final int MOST = 1 << 20;

  private final MemoryAccount account = new MemoryAccount(64 << 20);
  private final AtomicLong nanos = new AtomicLong();

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private byte[] read(InputStream in) throws IOException {
    try (Claim claim = account.claim(Use.BODIES, "client")) {
      byte[] body = SmallBody.read(in, MOST, claim, nanos::get);
      assertThat(account.usedBytes(Use.BODIES)).isGreaterThanOrEqualTo(body.length);
      return body;
    }
  }

  @Test
  void isTheBodyAsItWasSentUpToItsLimit() throws IOException {
    for (int length : new int[] {0, 1, 4_095, 4_096, 4_097, 100_000, MOST}) {
      assertThat(read(new ByteArrayInputStream(bytes(length)))).isEqualTo(bytes(length));
    }
    assertThat(account.usedBytes(Use.BODIES)).isZero();
    assertThatThrownBy(() -> read(new ByteArrayInputStream(bytes(MOST + 1))))
        .isInstanceOf(BodyTooLargeException.class)
        .hasMessageContaining("1 MiB");
  }

  @Test
  void isNotReadBeyondWhatThereIsMemoryFor() {
    MemoryAccount small = new MemoryAccount(4 << 20);
    Claim claim = small.claim(Use.BODIES, "client");
    assertThatThrownBy(
            () -> SmallBody.read(new ByteArrayInputStream(bytes(MOST)), MOST, claim, nanos::get))
        .isInstanceOf(MemoryExhaustedException.class);
  }

  @Test
  void hasToArriveInTimeHoweverManyPiecesItComesIn() {
    InputStream slow =
        new InputStream() {
          @Override
          public int read() {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            return ' ';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            target[offset] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> read(slow)).isInstanceOf(SocketTimeoutException.class);
    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofSeconds(31));
  }
}
