package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.filter.ValueTarget;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import org.junit.jupiter.api.Test;

class KnownNumbersTest {

  @Test
  void knowsWhatItWasToldOfEachForm() {
    KnownNumbers known = new KnownNumbers(room(1L << 30));
    known.put("a", 7, 1);
    known.put("b", 7, TextTable.NONE);
    known.put("a", 100_000, 3);

    assertThat(known.find("a", 7)).isEqualTo(1);
    assertThat(known.find("b", 7)).isEqualTo(TextTable.NONE);
    assertThat(known.find("a", 100_000)).isEqualTo(3);
    for (long other : new long[] {-1, 6, 99_999, 100_001, 1L << 32 | 7, Long.MIN_VALUE}) {
      assertThat(known.find("a", other)).as("%d", other).isEqualTo(ValueTarget.NOT_TOLD);
    }
    assertThat(known.find("c", 7)).isEqualTo(ValueTarget.NOT_TOLD);
  }

  @Test
  void forgetsWhatThereIsNoRoomFor() {
    KnownNumbers known = new KnownNumbers(room(1L << 30));
    known.put("a", Long.MAX_VALUE, 1);
    known.put("a", -5, 1);
    assertThat(known.find("a", Long.MAX_VALUE)).isEqualTo(ValueTarget.NOT_TOLD);
    assertThat(known.find("a", -5)).isEqualTo(ValueTarget.NOT_TOLD);

    for (int form = 0; form < 100; form++) {
      known.put("form " + form, 1, form);
    }
    assertThat(known.find("form 0", 1)).isEqualTo(0);
    assertThat(known.find("form 99", 1)).isEqualTo(ValueTarget.NOT_TOLD);
  }

  @Test
  void takesNoMoreMemoryThanItGets() {
    try (Claim claim = new MemoryAccount(1_000).claim(Use.COUNTS, "test")) {
      KnownNumbers known = new KnownNumbers(new Room(claim));
      known.put("a", 100_000, 1);
      assertThat(known.find("a", 100_000)).isEqualTo(ValueTarget.NOT_TOLD);
    }
  }

  private static Room room(long bytes) {
    return new Room(new MemoryAccount(bytes).claim(Use.COUNTS, "test"));
  }
}
