package dev.logaggregator.intake;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Bodies without a network. */
public final class Bodies {

  private static final long MEMORY = 1L << 30;

  private Bodies() {}

  public static IntakeSettings settings(int maxEvent, int maxRequest) {
    return new IntakeSettings(
        DataSize.ofBytes(maxEvent), DataSize.ofBytes(maxRequest), 64, Duration.ofSeconds(30));
  }

  /** A body without Content-Length of which one piece arrives at a time. */
  public static Body arriving(IntakeSettings settings, String encoding, byte[]... pieces) {
    List<InputStream> streams =
        Arrays.stream(pieces).map(piece -> (InputStream) new ByteArrayInputStream(piece)).toList();
    return body(settings, encoding, new SequenceInputStream(Collections.enumeration(streams)));
  }

  public static Body body(IntakeSettings settings, String encoding, InputStream in) {
    return body(settings, encoding, in, new MemoryAccount(MEMORY));
  }

  public static Body body(
      IntakeSettings settings, String encoding, InputStream in, MemoryAccount memory) {
    return new Body(
        ContentEncoding.named(encoding),
        new RawBody(in, settings.maxRequestBytes(), settings.bodyTimeout(), System::nanoTime),
        -1,
        settings.maxRequestBytes(),
        new HeldMemory(memory.claim(Use.BODIES, "client")));
  }

  /** Gives out one byte at a time, whatever is asked for. */
  public static InputStream trickling(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(1, length));
      }
    };
  }

  /** The same bytes for ever. */
  public static InputStream endless(byte[] bytes) {
    return new InputStream() {
      private int at;

      @Override
      public int read() {
        return bytes[at++ % bytes.length] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        for (int i = 0; i < length; i++) {
          target[offset + i] = (byte) read();
        }
        return length;
      }
    };
  }
}
