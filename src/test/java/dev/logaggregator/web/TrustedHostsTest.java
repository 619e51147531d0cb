package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedHostsTest {

  private final TrustedHosts hosts =
      new TrustedHosts(Set.of("LOGS.corp.example", "dotted.example."));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "localhost:",
        "LocalHost:1",
        "localhost.",
        "app.localhost",
        "a.b.localhost:3000",
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.0.0.1.",
        "192.168.1.20:80",
        "255.255.255.255",
        "0.0.0.0",
        "[::1]",
        "[::1]:8080",
        "[2001:DB8::ff]:443",
        "[::ffff:10.0.0.1]",
        // One label: of a compose file, a container, a machine in a private network.
        "aggregator",
        "aggregator:8080",
        "Aggregator.",
        "my_service",
        "build-7f9c",
        // No browser sends these as they are, and nobody can have them in the DNS.
        "2130706433",
        "0x7f000001",
        // Reserved for private use.
        "printer.local",
        "Logs.LOCAL.:8080",
        "aggregator.default.svc.cluster.local",
        "metadata.google.internal",
        "xn--bcher-kva.local",
        // Listed.
        "logs.corp.example",
        "logs.corp.example:8443",
        "logs.corp.example.",
        "LOGS.corp.example",
        "dotted.example",
      })
  void trustsWhatNobodyCanHaveInThePublicDnsAndWhatIsListed(String host) {
    assertThat(hosts.contains(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        ":8080",
        "evil.example",
        "evil.example:8080",
        "evil.com.",
        "localhost.evil.example",
        "localhost..",
        ".localhost",
        "a..localhost",
        "notlocalhost.example",
        "local.example",
        "evil.notlocal",
        "evil.internal.example",
        ".local",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io",
        "7f000001.c0a80001.rbndr.us",
        "127.1",
        "127.0.1",
        "0x7f.1",
        "0177.0.0.1",
        "127.0.0.256",
        "127.0.0.1.1",
        "1.2.3",
        "[::1].evil.example",
        "[::1].",
        "[::1]evil.example",
        "[evil.example]",
        "[127.0.0.1]",
        "[1]",
        "[:::]",
        "[fe80::1%eth0]",
        "[fe80::1%25eth0]:8080",
        "::1",
        "corp.example",
        "a.logs.corp.example",
        "logs.corp.example.evil.example",
        "localhost:8080:8080",
        "localhost:port",
        "localhost:-1",
        "localhost:123456",
        "user@localhost",
        "user:password@localhost:8080",
        "evil.example@localhost",
        "localhost@evil.example",
        "localhost/.evil.example",
        "localhost, evil.example",
        "localhost ",
        "evil.example#.local",
        "evil.example\\.local",
        "evil.example%2e.local",
        "b\u00fccher.local",
        "evil\u3002local",
        "loca\u017fhost",
        "\u212aube",
      })
  void trustsNothingElse(String host) {
    assertThat(hosts.contains(host)).isFalse();
  }

  @Test
  void isNotKeptBusyByNamesWithoutEnd() {
    assertThat(hosts.contains("a.".repeat(8_000) + "local")).isFalse();
    assertThat(hosts.contains("a".repeat(300))).isFalse();
    assertThat(hosts.contains("a".repeat(247) + ".local.:65535")).isTrue();
  }

  @Test
  void aGoodHostDoesNotVouchForTheNext() {
    assertThat(hosts.contains("printer.local:1")).isTrue();
    assertThat(hosts.contains("evil.example")).isFalse();
    assertThat(hosts.contains("printer.local:1")).isTrue();
    assertThat(hosts.contains("evil.example")).isFalse();
  }

  @Test
  void knowsGoodNamesHoweverManyThereAre() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(hosts.contains("node-" + i)).isTrue();
      assertThat(hosts.contains("node-" + i + ".example")).isFalse();
    }
  }

  @Test
  void doesNotTrustARequestWithoutHost() {
    assertThat(hosts.contains(null)).isFalse();
  }
}
