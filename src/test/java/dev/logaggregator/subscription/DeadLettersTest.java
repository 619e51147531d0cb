package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private final MemoryAccount account = new MemoryAccount(1 << 20);
  private final DeadLetters letters = new DeadLetters(account.claim(Use.DELIVERIES, "letters"));

  private static DeadLetter letter(long offset, int reasonLength) {
    return new DeadLetter(offset, 1, "x".repeat(reasonLength), Instant.EPOCH);
  }

  /** Against a plain map, with all that may happen to letters. */
  @Test
  void areOnTheAccountWithWhatThoseTakeThatAreThere() {
    Random random = new Random(3);
    TreeMap<Long, DeadLetter> expected = new TreeMap<>();
    long dropped = 0;
    for (int step = 0; step < 2_000; step++) {
      DeadLetter letter = letter(random.nextInt(50), random.nextInt(100));
      switch (random.nextInt(10)) {
        case 0 ->
            assertThat(letters.remove(letter.offset())).isEqualTo(expected.remove(letter.offset()));
        case 1 -> {
          int most = random.nextInt(50);
          letters.keep(most);
          for (; expected.size() > most; dropped++) {
            expected.pollFirstEntry();
          }
        }
        case 2 -> {
          assertThat(letters.reserve(letter)).isTrue();
          letters.release(letter);
        }
        case 3 -> {
          letters.put(letter);
          expected.put(letter.offset(), letter);
        }
        default -> {
          assertThat(letters.reserve(letter)).isTrue();
          letters.put(letter);
          expected.put(letter.offset(), letter);
        }
      }
      assertThat(letters.size()).isEqualTo(expected.size());
      assertThat(letters.dropped()).isEqualTo(dropped);
      assertThat(letters.after(-1, 100)).containsExactlyElementsOf(expected.values());
      assertThat(account.usedBytes(Use.DELIVERIES))
          .isEqualTo(expected.values().stream().mapToLong(DeadLetter::bytes).sum());
    }

    letters.clear();
    assertThat(letters.size()).isZero();
    assertThat(account.usedBytes(Use.DELIVERIES)).isZero();
  }

  @Test
  void holdTheMemoryOfWhatIsAboutToBeRecorded() {
    DeadLetter first = letter(1, 100);
    DeadLetter second = letter(2, 50);
    assertThat(letters.reserve(first)).isTrue();
    assertThat(letters.reserve(second)).isTrue();
    assertThat(account.usedBytes(Use.DELIVERIES)).isEqualTo(first.bytes() + second.bytes());

    letters.put(first);
    assertThat(account.usedBytes(Use.DELIVERIES)).isEqualTo(first.bytes() + second.bytes());
    letters.release(second);
    assertThat(account.usedBytes(Use.DELIVERIES)).isEqualTo(first.bytes());
  }

  @Test
  void areRefusedWhereThereIsNoMemory() {
    long offset = 0;
    while (letters.reserve(letter(offset, 10_000))) {
      letters.put(letter(offset++, 10_000));
    }
    long held = account.usedBytes(Use.DELIVERIES);

    assertThat(held).isPositive().isLessThan(account.capacityBytes(Use.DELIVERIES));
    assertThat(letters.reserve(letter(offset, 10_000))).isFalse();
    assertThat(account.usedBytes(Use.DELIVERIES)).isEqualTo(held);
  }
}
