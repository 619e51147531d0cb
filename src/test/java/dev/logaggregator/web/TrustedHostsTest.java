package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedHostsTest {

  private final TrustedHosts hosts = new TrustedHosts(Set.of("logs.corp.example", "Build-7"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LocalHost:1",
        "127.0.0.1",
        "127.0.0.1:8080",
        "192.168.1.20:80",
        "[::1]",
        "[::1]:8080",
        "[2001:DB8::ff]:443",
        "[::ffff:10.0.0.1]",
        "logs.corp.example",
        "logs.corp.example:8443",
        "LOGS.corp.example",
        "build-7:8080"
      })
  void trustsLocalhostAddressesAndWhatIsListed(String host) {
    assertThat(hosts.contains(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "localhost.",
        "app.localhost",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io",
        "127.1",
        "2130706433",
        "0x7f000001",
        "[::1].evil.example",
        "[evil.example]",
        "::1",
        "corp.example",
        "a.logs.corp.example",
        "localhost:8080:8080",
        "localhost:port"
      })
  void trustsNothingElse(String host) {
    assertThat(hosts.contains(host)).isFalse();
  }

  @Test
  void doesNotTrustARequestWithoutHost() {
    assertThat(hosts.contains(null)).isFalse();
  }
}
