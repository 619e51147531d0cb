package dev.logaggregator.subscription.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  private static final AddressRules USUAL = rules(true);
  private static final AddressRules STRICT = rules(false);

  private static AddressRules rules(boolean privateAddresses) {
    return new AddressRules(new PushSettings(privateAddresses, 256, 16, Duration.ofHours(24), 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "2852039166",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fe80::1",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "255.255.255.255",
        "240.0.0.1",
        "224.0.0.1",
        "ff02::1"
      })
  void isNeverPushedTo(String address) {
    assertThat(USUAL.refusal(InetAddress.ofLiteral(address))).isNotNull();
    assertThat(STRICT.refusal(InetAddress.ofLiteral(address))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "fc00::1",
        "fd12:3456::1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1"
      })
  void isPushedToUnlessASettingRefusesIt(String address) {
    assertThat(USUAL.refusal(InetAddress.ofLiteral(address))).isNull();
    assertThat(STRICT.refusal(InetAddress.ofLiteral(address)))
        .contains("aggregator.push.private-addresses");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.215.14",
        "172.32.0.1",
        "100.128.0.1",
        "169.253.255.255",
        "198.20.0.1",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "64:ff9b::93.184.215.14"
      })
  void isAlwaysPushedTo(String address) {
    assertThat(USUAL.refusal(InetAddress.ofLiteral(address))).isNull();
    assertThat(STRICT.refusal(InetAddress.ofLiteral(address))).isNull();
  }
}
