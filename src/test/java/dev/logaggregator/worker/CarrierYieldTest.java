package dev.logaggregator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Others get the carrier after so many bytes, however these are divided. */
class CarrierYieldTest {

  private int yields;
  private final CarrierYield carrier = new CarrierYield(() -> yields++);

  @Test
  void isNotForSmallRequests() {
    carrier.took(CarrierYield.BYTES - 1);

    assertThat(yields).isZero();
  }

  @Test
  void comesAgainAfterAsMuch() {
    for (int i = 0; i < 4 * CarrierYield.BYTES; i += 1024) {
      carrier.took(1024);
    }

    assertThat(yields).isEqualTo(4);
  }

  @Test
  void comesOnceAfterALargePiece() {
    carrier.took(10L * CarrierYield.BYTES);
    carrier.took(CarrierYield.BYTES - 1);

    assertThat(yields).isOne();
  }
}
