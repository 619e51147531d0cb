package dev.logaggregator.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.logaggregator.CpuTime;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedleTest {

  @ParameterizedTest
  @CsvSource({
    "abc, xxABCxx, 5",
    "ABC, abc, 3",
    "abc, ab, -1",
    "[,   {, -1",
    "@,   `, -1",
    "é,   É, 2",
    "é,   E, -1",
    "σ,   ς, 2",
    "k,   \u212a, -1",
    "\u212a, k, -1",
    "å,   \u212b, 3",
    "ı,   i, -1",
    "漢,  x漢, 4",
  })
  void findsTextInAnyCaseAndSaysWhereItEnds(String needle, String text, int end) {
    byte[] utf8 = text.getBytes(UTF_8);

    assertThat(Needle.inAnyCase(needle).endOf(utf8, 0, utf8.length)).isEqualTo(end);
  }

  @Test
  void findsExactTextInItsCaseOnly() {
    byte[] text = "xxAbcABCabc".getBytes(UTF_8);

    assertThat(Needle.exactly("abc").endOf(text, 0, text.length)).isEqualTo(11);
    assertThat(Needle.exactly("ABC").endOf(text, 0, text.length)).isEqualTo(8);
  }

  @Test
  void looksNowhereButBetweenItsBounds() {
    byte[] text = "abcabcabcabcabcabc".getBytes(UTF_8);

    assertThat(Needle.exactly("abc").endOf(text, 1, 5)).isEqualTo(-1);
    assertThat(Needle.exactly("abc").endOf(text, 1, 6)).isEqualTo(6);
    assertThat(Needle.exactly("").endOf(text, 4, 6)).isEqualTo(4);
    assertThat(Needle.inAnyCase("").endOf(text, 4, 4)).isEqualTo(4);
  }

  @Test
  void findsWhatAStringFinds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      String text = letters(random, random.nextInt(60));
      String needle = letters(random, random.nextInt(1, 5));
      byte[] utf8 = text.getBytes(UTF_8);
      int from = random.nextInt(utf8.length + 1);
      String rest = new String(utf8, from, utf8.length - from, UTF_8);
      int at = rest.indexOf(needle);
      assertThat(Needle.exactly(needle).endOf(utf8, from, utf8.length))
          .as("seed %d: '%s' in '%s' from %d", seed, needle, text, from)
          .isEqualTo(at < 0 ? -1 : from + at + needle.length());
    }
  }

  private static String letters(Random random, int length) {
    return random.ints(length, 'a', 'd').mapToObj(c -> "" + (char) c).reduce("", String::concat);
  }

  @Test
  void takesNoLongerForTextThatWasMadeToTakeLong() {
    byte[] text = "a".repeat(1 << 20).getBytes(UTF_8);
    String head = "b" + "a".repeat(2_000);
    String tail = "a".repeat(2_000) + "b";
    String accented = "a".repeat(2_000) + "é";

    Duration time =
        CpuTime.of(
            () -> {
              for (int i = 0; i < 20; i++) {
                assertThat(Needle.inAnyCase(head).endOf(text, 0, text.length)).isEqualTo(-1);
                assertThat(Needle.inAnyCase(tail).endOf(text, 0, text.length)).isEqualTo(-1);
                assertThat(Needle.inAnyCase(accented).endOf(text, 0, text.length)).isEqualTo(-1);
              }
            });

    // Comparing at each position would be 120 billion comparisons.
    assertThat(time).isLessThan(Duration.ofSeconds(10));
  }

  /** By which the search by bytes is right: nothing else is the other case of such a character. */
  @Test
  void whatIsSearchedByBytesIsNoOthersCase() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      int folded = LetterCase.fold(c);
      if (folded != c && folded >= 0x80) {
        assertThat(LetterCase.isBytewise(folded)).as("%x folds to %x", c, folded).isFalse();
      }
      if (c >= 0x80) {
        assertThat(folded).as("%x", c).isGreaterThanOrEqualTo(0x80);
      }
    }
  }

  @Test
  void textThatEndsWithinACharacterIsNoError() {
    byte[] text = "aé漢😀".getBytes(UTF_8);
    for (int end = 0; end <= text.length; end++) {
      int to = end;
      assertThatCode(() -> Needle.inAnyCase("xé").endOf(text, 0, to)).doesNotThrowAnyException();
    }
  }
}
