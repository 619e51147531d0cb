package dev.logaggregator.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.Topic;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.memory.Use;
import dev.logaggregator.store.EventStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is held of a body, and what it becomes, is on the account from its first byte to its last.
 */
class BodyMemoryTest {

  private static final int MAX_EVENT = 1 << 20;
  private static final IntakeSettings SETTINGS = Bodies.settings(MAX_EVENT, 64 << 20);
  private static final Topic TOPIC = new Topic("t");

  private final MemoryAccount account = new MemoryAccount(300L << 20);
  private final EventStore store = Log.open(100);
  private final Intake intake = Log.intake(store, SETTINGS, account);

  @AfterEach
  void givesEverythingBack() {
    store.close();
    assertThat(held()).isZero();
  }

  private long held() {
    return account.usedBytes(Use.BODIES);
  }

  /** Writes down what is held whenever more is waited for. */
  private final class Waiting extends InputStream {

    private final InputStream in;
    private final List<Long> held = new ArrayList<>();

    Waiting(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("unused");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      held.add(held());
      int count = in.read(target, offset, length);
      if (count < 0) {
        throw new SocketTimeoutException();
      }
      return count;
    }
  }

  private Waiting waitFor(String encoding, byte[] beginning, boolean lines) {
    Waiting in = new Waiting(new ByteArrayInputStream(beginning));
    try (Body body = intake.open(in, encoding, -1, "client")) {
      if (lines) {
        assertThat(intake.takeEnvelopeLines(body, Preset.NONE).stoppedBy())
            .isInstanceOf(IntakeException.BodyTooSlow.class);
      } else {
        assertThatThrownBy(() -> intake.takeEnvelopes(body, Preset.NONE))
            .isInstanceOf(IntakeException.BodyTooSlow.class);
      }
    }
    return in;
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip", "deflate", "zstd"})
  void isNextToNothingBeforeTheFirstByte(String encoding) {
    assertThat(waitFor(encoding, new byte[0], true).held).containsExactly(0L);
    assertThat(waitFor(encoding, new byte[0], false).held)
        .singleElement()
        .satisfies(bytes -> assertThat(bytes).isLessThanOrEqualTo(1024));
  }

  @ParameterizedTest
  @EnumSource
  void isThatOfADecoderFromTheFirstByteOn(ContentEncodingTest.Compression compression) {
    byte[] one = {compression.of(new byte[10])[0]};
    assertThat(waitFor(compression.encoding(), one, false).held.getLast())
        .isGreaterThan(40_000)
        .isLessThan(400_000);
  }

  @Test
  void isLittleForAStreamOfWhichLittleComes() {
    byte[] line = "{\"topic\":\"t\"}\n".getBytes(UTF_8);
    assertThat(waitFor(null, line, true).held.getLast()).isBetween(512L, 8192L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isThatOfWhatHasComeAndIsNoEventYet(boolean lines) {
    byte[] beginning = ("{\"topic\":\"" + "x".repeat(900_000)).getBytes(UTF_8);
    assertThat(waitFor(null, beginning, lines).held.getLast()).isBetween(900_000L, 4_000_000L);
  }

  @Test
  void isThatOfAllEventsOfAnArray() {
    int count = 1_000_000;
    byte[] array = ("[" + "{\"topic\":\"t\"},".repeat(count) + "1]").getBytes(UTF_8);
    try (Body body = intake.open(new ByteArrayInputStream(array), null, array.length, "client")) {
      assertThatThrownBy(() -> intake.takeEnvelopes(body, Preset.NONE))
          .isInstanceOf(MemoryExhaustedException.class);
      // Each event takes a hundred bytes, and as much again while the batch grows.
      assertThat(held()).isGreaterThan(50L << 20);
    }
    assertThat(store.watermark()).isZero();
  }

  @Test
  void isThatOfRejectedEventsToo() {
    byte[] array = ("[" + "1,".repeat(2_000_000) + "1]").getBytes(UTF_8);
    try (Body body = intake.open(new ByteArrayInputStream(array), null, array.length, "client")) {
      assertThatThrownBy(() -> intake.takeEnvelopes(body, Preset.NONE))
          .isInstanceOf(MemoryExhaustedException.class)
          .hasMessageContaining("aggregator.memory.max");
    }
  }

  @Test
  void isNotTakenByOneClientAlone() {
    List<Body> bodies = new ArrayList<>();
    byte[] large = new byte[16 << 20];
    assertThatThrownBy(
            () -> {
              while (true) {
                Body body = intake.open(new ByteArrayInputStream(large), null, -1, "greedy");
                bodies.add(body);
                body.readAll();
              }
            })
        .isInstanceOf(MemoryExhaustedException.class);
    try (Body body =
        intake.open(new ByteArrayInputStream(new byte[MAX_EVENT]), null, -1, "honest")) {
      Outcome outcome = intake.takePayload(body, PayloadKind.TEXT, TOPIC, Preset.NONE);
      assertThat(outcome.stoppedBy()).isInstanceOf(IntakeException.NothingStored.class);
    }
    bodies.forEach(Body::close);
  }
}
