package dev.logaggregator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  private static final AddressRules USUAL = rules(true);
  private static final AddressRules STRICT = rules(false);

  private static AddressRules rules(boolean privateAddresses) {
    return new AddressRules(privateAddresses);
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
        "169.254.170.2",
        "169.254.170.23",
        // Metadata services in IPv6, however they are written.
        "fd00:ec2::23",
        "FD00:0EC2:0:0:0:0:0:254",
        "fd00:ec2::254%1",
        "fd20:ce::254",
        "fd20:00ce::0254%1",
        "fe80::1%1",
        "febf::1",
        "fe80::a9fe:a9fe",
        // Each of them within an IPv6 address.
        "::ffff:100.100.100.200",
        "::ffff:192.0.0.192",
        "64:ff9b::100.100.100.200",
        "64:ff9b::192.0.0.192",
        "64:ff9b::168.63.129.16",
        "64:ff9b::a9fe:1",
        "64:ff9b:1::169.254.169.254",
        "64:ff9b:1:a9fe:a9:fe00::",
        "64:ff9b:1:a9:fe:a9fe::",
        "64:ff9b:1:0:a9:fea9:fe00:0",
        "2002:6464:64c8::",
        "2002:c000:c0::",
        "2001:0:4136:e378:8000:63bf:5601:5601",
        "2001:0:a9fe:a9fe::1",
        "2001:db8::5efe:169.254.169.254",
        "2001:db8::200:5efe:169.254.169.254",
        "fe80::5efe:10.0.0.1",
        "2001:db8::200:5efe:100.100.100.200",
        "::ffff:0:169.254.169.254",
        // By the prefix of a network's own translator.
        "2001:db8:122:344::169.254.169.254",
        "fd12::192.0.0.192",
        "64:ff9b::0.0.0.0",
        "64:ff9b::224.0.0.1",
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
        "64:ff9b::10.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::10.0.0.1",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "2001:db8::5efe:10.0.0.1",
        "::ffff:0:127.0.0.1",
        "fd00:ec2::255",
        "fd20:ce::253"
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
        "64:ff9b::93.184.215.14",
        "64:ff9b:1::93.184.215.14",
        "2002:5db8:d70e::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::5efe:93.184.215.14",
        "2001:4860:4860::8888"
      })
  void isAlwaysPushedTo(String address) {
    assertThat(USUAL.refusal(InetAddress.ofLiteral(address))).isNull();
    assertThat(STRICT.refusal(InetAddress.ofLiteral(address))).isNull();
  }
}
