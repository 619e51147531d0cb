package dev.logaggregator.publish;

import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/** Bodies without a network. */
final class Bodies {

  private Bodies() {}

  static PublishSettings settings(int maxEvent, int maxRequest) {
    return new PublishSettings(
        DataSize.ofBytes(maxEvent),
        DataSize.ofBytes(maxRequest),
        64,
        Duration.ofSeconds(30),
        DataSize.ofMegabytes(64));
  }

  /** A body without Content-Length of which one piece arrives at a time. */
  static RequestBody arriving(PublishSettings settings, String encoding, byte[]... pieces) {
    List<InputStream> streams =
        Arrays.stream(pieces).map(piece -> (InputStream) new ByteArrayInputStream(piece)).toList();
    return body(settings, encoding, new SequenceInputStream(Collections.enumeration(streams)));
  }

  static RequestBody body(PublishSettings settings, String encoding, InputStream in) {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/publish") {
          @Override
          public ServletInputStream getInputStream() {
            return new DelegatingServletInputStream(in) {
              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, length);
              }

              @Override
              public int available() {
                return 0;
              }
            };
          }
        };
    if (encoding != null) {
      request.addHeader("Content-Encoding", encoding);
    }
    return RequestBody.open(request, settings, new BodyMemory(settings.maxBufferedBytes()));
  }

  /** Gives out one byte at a time, whatever is asked for. */
  static InputStream trickling(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(1, length));
      }
    };
  }

  /** The same bytes for ever. */
  static InputStream endless(byte[] bytes) {
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
