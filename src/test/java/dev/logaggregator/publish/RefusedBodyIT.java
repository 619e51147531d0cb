package dev.logaggregator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the rest of a body that nobody wants. */
@Timeout(60)
class RefusedBodyIT {

  private static final String TOO_LARGE = "Content-Length: 70000000";

  private final RunningAggregator aggregator = RunningAggregator.shared();

  @Test
  void isNotWaitedForWhenItDoesNotCome() throws IOException {
    try (RawUpload upload = RawUpload.open(aggregator, "POST /publish", TOO_LARGE)) {
      assertThat(upload.answer().status()).isEqualTo(413);
      assertThat(upload.isClosed()).isTrue();
    }
  }

  @Test
  void isNotWaitedForOnAnyRoute() throws IOException {
    try (RawUpload upload = RawUpload.open(aggregator, "POST /nothing/here", TOO_LARGE)) {
      assertThat(upload.answer().status()).isEqualTo(404);
      assertThat(upload.isClosed()).isTrue();
    }
  }

  @Test
  void isReadWhenItIsSmallSoThatTheConnectionCanBeUsedAgain() throws IOException {
    try (RawUpload upload = RawUpload.open(aggregator, "POST /nothing/here", "Content-Length: 5")) {
      assertThat(upload.answer().status()).isEqualTo(404);
      upload.send("helloGET /actuator/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(upload.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void isReadWhenItComesSoThatItsSenderGetsToReadWhy() throws IOException {
    byte[] piece = new byte[1_000_000];
    try (RawUpload upload = RawUpload.open(aggregator, "POST /publish", TOO_LARGE)) {
      for (int i = 0; i < 70; i++) {
        upload.send(piece);
      }
      assertThat(upload.answer().status()).isEqualTo(413);
    }
  }
}
