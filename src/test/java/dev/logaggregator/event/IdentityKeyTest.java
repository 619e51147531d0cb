package dev.logaggregator.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityKeyTest {

  private static final IdentityKey KEY = new IdentityKey(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  /** Of SipHash's authors: their key, and messages of the bytes 0, 1, 2 and so on. */
  @ParameterizedTest
  @CsvSource({
    "0, a3817f04ba25a8e66df67214c7550293",
    "1, da87c1d86b99af44347659119b22fc45",
    "15, 5493e99933b0a8117e08ec0f97cfc3d9"
  })
  void isSipHash24Of128Bits(int length, String expected) {
    byte[] message = new byte[length + 2];
    IntStream.range(0, length).forEach(i -> message[i + 1] = (byte) i);
    IdentityKey.State state = KEY.begin();
    state.finish(KEY.begin(), message, 1, length + 1);

    assertThat(hex(state)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"a, 1", "orders, order-4711", "exactly8, ''", "a.topic.of.17.by, 12345678"})
  void hashesATopicAndAnIdAsTheTopicWithZeroBytesAndTheIdBehindIt(String topic, String id) {
    int padded = (topic.length() & ~7) + 8;
    byte[] message = new byte[padded + id.length()];
    System.arraycopy(topic.getBytes(StandardCharsets.US_ASCII), 0, message, 0, topic.length());
    System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, message, padded, id.length());
    IdentityKey.State whole = KEY.begin();
    whole.finish(KEY.begin(), message, 0, message.length);

    assertThat(hash(KEY, topic, id)).isEqualTo(hex(whole));
  }

  @Test
  void differsByTopicIdAndKey() {
    assertThat(
            IntStream.range(0, 1_000)
                .mapToObj(i -> hash(KEY, "t" + i % 10, "id" + i / 10))
                .distinct())
        .hasSize(1_000);
    assertThat(hash(IdentityKey.random(), "t", "id")).isNotEqualTo(hash(KEY, "t", "id"));
  }

  private static String hash(IdentityKey key, String topic, String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    IdentityKey.State state = key.begin();
    state.finish(key.of(new Topic(topic)), bytes, 0, bytes.length);
    return hex(state);
  }

  private static String hex(IdentityKey.State state) {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(state.low()).putLong(state.high());
    return HexFormat.of().formatHex(bytes.array());
  }
}
