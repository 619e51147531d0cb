package dev.logaggregator.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstBytesTest {

  private final NioSocketWrapper socket = mock(NioSocketWrapper.class);
  private final StringBuilder putBack = new StringBuilder();

  /** That has come, of which what doesn't fit stays where it is. */
  private void come(String bytes) throws IOException {
    when(socket.getSocket()).thenReturn(mock(WatchedChannel.class));
    when(socket.read(eq(false), any(ByteBuffer.class)))
        .thenAnswer(
            read -> {
              ByteBuffer to = read.getArgument(1);
              int count = Math.min(bytes.length(), to.remaining());
              to.put(bytes.getBytes(US_ASCII), 0, count);
              return count;
            });
    doAnswer(unRead -> putBack.append(US_ASCII.decode(unRead.getArgument(0, ByteBuffer.class))))
        .when(socket)
        .unRead(any());
  }

  @ParameterizedTest
  @CsvSource({
    "POST /publish HTTP/1.1, true",
    "POST /publish/orders.created?level=warn HTTP/1.1, true",
    "PUT /publish/app HTTP/1.1, true",
    "GET /actuator/health/liveness HTTP/1.1, true",
    "GET /actuator/prometheus HTTP/1.1, false",
    "GET /events?limit=10000 HTTP/1.1, false",
    "POST /subscriptions/publish/pull HTTP/1.1, false",
    "POST, false",
    "'', false"
  })
  void publishersAndWhoAsksForHealthDoNotWait(String come, boolean urgent) throws IOException {
    come(come);

    assertThat(FirstBytes.areUrgent(socket)).isEqualTo(urgent);
    assertThat(come).startsWith(putBack.toString());
    assertThat(putBack.length()).isEqualTo(Math.min(come.length(), 24));
  }

  @Test
  void whoHasGoneIsNotUrgent() throws IOException {
    when(socket.getSocket()).thenReturn(mock(WatchedChannel.class));
    when(socket.read(eq(false), any(ByteBuffer.class))).thenThrow(new EOFException());

    assertThat(FirstBytes.areUrgent(socket)).isFalse();
  }

  @Test
  void ofWhatIsEncryptedNothingIsRead() {
    when(socket.getSocket()).thenReturn(mock(NioChannel.class));

    assertThat(FirstBytes.areUrgent(socket)).isFalse();
  }
}
