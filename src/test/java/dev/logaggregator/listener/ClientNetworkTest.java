package dev.logaggregator.listener;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "2001:db8:0:17:1:2:3:4, 2001:db8:0:17",
    "2001:db8:0:17:ffff:0:0:9, 2001:db8:0:17",
    "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0",
    "0:0:0:0:0:0:0:1, 0:0:0:0"
  })
  void addressesOfOneMachineAreOneClient(String address, String network) {
    assertThat(ClientNetwork.of(address)).isEqualTo(network);
  }
}
