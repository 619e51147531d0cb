package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.memory.Use;
import dev.logaggregator.subscription.Log.Received;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a pull sends, and what becomes of what it can't send. */
class PullTest {

  private static final Definition ONE_DELIVERY =
      new Definition(
          List.of("t"), null, Duration.ofSeconds(30), 1, Log.DEFAULT.backoff(), 1_000, null);

  private static final String KILOBYTE = '"' + "x".repeat(1_000) + '"';
  private static final String MEGABYTE = '"' + "x".repeat(1_000_000) + '"';

  private Log log = new Log();
  private Subscription subscription = log.subscribe("s", ONE_DELIVERY);

  @AfterEach
  void close() {
    log.close();
  }

  /** A client that is there, and what happens when something is sent to it. */
  private static class Client extends MockHttpServletResponse {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int sends;

    /**
     * @param number of sends before
     */
    void sending(int number) throws IOException {}

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int b) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
          sending(sends++);
          received.write(bytes, start, length);
        }
      };
    }

    List<JsonNode> messages() {
      JsonNode document =
          JsonMapper.builder().build().readTree(received.toString(StandardCharsets.UTF_8));
      return StreamSupport.stream(document.path("messages").spliterator(), false).toList();
    }

    List<String> ids() {
      return messages().stream().map(one -> one.path("event").path("id").asString()).toList();
    }
  }

  private void pull(Client client, int max) throws IOException {
    pull(client, max, 0);
  }

  private void pull(Client client, int max, long waitNanos) throws IOException {
    Pull pull =
        new Pull(
            subscription, max, "client", log.deliveries, new WaitingPulls(100, 100), () -> false);
    try (var answer = new PullAnswer(new MockHttpServletRequest(), client, log.store, log.memory)) {
      pull.answer(answer, waitNanos);
    }
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "id-" + i).toArray(String[]::new);
  }

  @Test
  @Timeout(20)
  void whoIsCutOffWhileWaitingWaitsNoLonger() throws IOException {
    Client client = new Client();
    Thread.currentThread().interrupt(); // which is how a connection's thread is told
    try {
      pull(client, 1, TimeUnit.MINUTES.toNanos(1));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(client.messages()).isEmpty();
  }

  @Test
  void whatFitsInOneChunkGoesOutWithItsLength() throws IOException {
    log.publish("t", "a", "b", "c");
    Client client = new Client();
    pull(client, 2);

    assertThat(client.ids()).containsExactly("a", "b");
    assertThat(client.getContentLength()).isEqualTo(client.received.size());
    assertThat(client.sends).isEqualTo(1);
    assertThat(log.pullIds(subscription, 10)).containsExactly("c");
  }

  @Test
  void whatDoesNotFitGoesOutInSeveralAndTakesTheMemoryOfOne() throws IOException {
    log.publishWith(KILOBYTE, "t", ids(500));
    Client client =
        new Client() {
          @Override
          void sending(int number) {
            assertThat(log.memory.usedBytes(Use.ANSWERS)).isLessThan(64 * 1024 + 500 * 128);
          }
        };
    pull(client, 400);

    assertThat(client.ids()).containsExactly(ids(400));
    assertThat(client.sends).isGreaterThan(10);
    assertThat(log.memory.usedBytes(Use.ANSWERS)).isZero();
    assertThat(log.state(subscription).inFlight()).isEqualTo(400);
    assertThat(log.pullIds(subscription, 1_000)).hasSize(100);
  }

  @Test
  void aLargeEventGoesOutInPiecesAmongTheOthers() throws IOException {
    log.publish("t", "before");
    log.publishWith(MEGABYTE, "t", "large");
    log.publish("t", "after");
    Client client =
        new Client() {
          @Override
          void sending(int number) {
            assertThat(log.memory.usedBytes(Use.ANSWERS)).isLessThan(300 * 1024);
          }
        };
    pull(client, 10);

    assertThat(client.ids()).containsExactly("before", "large", "after");
    assertThat(client.messages().get(1).path("event").path("payload").asString())
        .hasSize(1_000_000);
  }

  @Test
  void noMoreIsPutIntoAnAnswerThatHasEnough() throws IOException {
    log.publishWith(MEGABYTE, "t", ids(10));
    Client client = new Client();
    pull(client, 100);

    assertThat(client.ids()).containsExactly(ids(9));
    assertThat(log.pullIds(subscription, 10)).containsExactly("id-9");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 6})
  void whatCouldNotBeSentIsDeliveredAgainAtOnceAsIfForTheFirstTime(int sent) throws IOException {
    log.publishWith(KILOBYTE, "t", ids(100));
    log.publishWith(MEGABYTE, "t", "large");
    Client leaving =
        new Client() {
          @Override
          void sending(int number) throws IOException {
            if (number == sent) {
              throw new IOException("the client has gone");
            }
          }
        };
    assertThatThrownBy(() -> pull(leaving, 1_000)).hasMessage("the client has gone");

    Subscription.State state = log.state(subscription);
    assertThat(state.inFlight()).isZero();
    assertThat(state.delivered()).isZero();
    assertThat(state.deadLettered()).isZero();
    assertThat(log.memory.usedBytes(Use.ANSWERS)).isZero();
    Client client = new Client();
    pull(client, 1_000);
    assertThat(client.messages())
        .hasSize(101)
        .allSatisfy(message -> assertThat(message.path("delivery").asInt()).isEqualTo(1));
  }

  @Test
  void theSameHoldsForWhatWasOnlyBuffered() {
    log.publish("t", "a");
    Client leaving =
        new Client() {
          @Override
          public void flushBuffer() {
            throw new IllegalStateException("the client has gone");
          }
        };
    assertThatThrownBy(() -> pull(leaving, 10)).hasMessage("the client has gone");

    assertThat(log.pull(subscription, 10)).extracting(Received::delivery).containsExactly(1);
  }

  @Test
  void anAnswerThatLosesAnEventWhileItIsSentIsNotEndedAndBringsNothing() throws IOException {
    log.close();
    log = Log.keeping(100);
    subscription = log.subscribe("s", ONE_DELIVERY);
    log.publishWith(MEGABYTE, "t", "large");
    Client client =
        new Client() {
          @Override
          void sending(int number) {
            for (int i = 0; i < 500 && number == 1; i++) {
              log.publish("other", "id-" + i);
            }
          }
        };
    pull(client, 10);

    assertThat(client.received.toString(StandardCharsets.UTF_8)).doesNotEndWith("}");
    assertThat(log.state(subscription).inFlight()).isZero();
    assertThat(log.pull(subscription, 10)).isEmpty();
    assertThat(subscription.deadLetters(-1, 10))
        .extracting(DeadLetter::reason)
        .containsExactly("evicted by retention before it was acknowledged");
  }
}
