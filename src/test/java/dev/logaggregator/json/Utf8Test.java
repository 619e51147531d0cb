package dev.logaggregator.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

  private static boolean isValidToTheJdk(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void agreesWithTheJdkOnEveryShortSequence() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        assertAgrees((byte) first, (byte) second);
        assertAgrees((byte) first, (byte) second, (byte) 0x80);
        assertAgrees((byte) first, (byte) second, (byte) 0xBF, (byte) 0x80);
        assertAgrees((byte) first, (byte) second, (byte) 0x80, (byte) 'x');
      }
    }
  }

  @Test
  void agreesWithTheJdkOnAnyBytes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[][] pieces = {
      "abcdefgh".getBytes(UTF_8),
      "é".getBytes(UTF_8),
      "€".getBytes(UTF_8),
      "𝄞".getBytes(UTF_8),
      {'x'},
      {(byte) 0x80},
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
      {(byte) 0xF4, (byte) 0x90}
    };
    for (int i = 0; i < 20_000; i++) {
      java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
      for (int count = random.nextInt(10); count > 0; count--) {
        bytes.writeBytes(pieces[random.nextInt(random.nextInt(4) == 0 ? pieces.length : 5)]);
      }
      assertAgrees(bytes.toByteArray());
    }
  }

  private static void assertAgrees(byte... bytes) {
    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(isValidToTheJdk(bytes));
  }

  @Test
  void looksAtNothingBeyondItsLimits() {
    byte[] bytes = {(byte) 0x80, 'a', (byte) 0xC3, (byte) 0xA9};
    assertThat(Utf8.isValid(bytes, 1, 4)).isTrue();
    assertThat(Utf8.isValid(bytes, 1, 3)).isFalse();
    assertThat(Utf8.isValid(bytes, 1, 1)).isTrue();
  }
}
