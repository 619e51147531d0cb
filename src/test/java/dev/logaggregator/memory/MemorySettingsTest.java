package dev.logaggregator.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class MemorySettingsTest {

  @Test
  void takesThreeSixteenthsOfTheHeapUnlessToldOtherwise() {
    long heap = Runtime.getRuntime().maxMemory();

    assertThat(new MemorySettings(null).maxBytesOrDefault()).isEqualTo(heap / 16 * 3);
    assertThat(new MemorySettings(DataSize.ofMegabytes(4)).maxBytesOrDefault()).isEqualTo(4 << 20);
  }

  @Test
  void refusesWhatNobodyCouldWorkWith() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemorySettings(DataSize.ofMegabytes(3)))
        .withMessageContaining("aggregator.memory.max");
  }
}
