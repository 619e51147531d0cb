package dev.logaggregator.subscription.push;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which addresses may be pushed to. Without these rules, whoever may create a subscription could
 * have the service speak to what only it can reach: the metadata services of clouds, which hand out
 * credentials, are at link-local addresses.
 */
@Component
final class AddressRules {

  /** Metadata services that are not at link-local addresses. */
  private static final Set<String> METADATA =
      Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

  /** Prefixes under which an IPv6 address has an IPv4 address in it, and where. */
  private enum Embedding {
    NAT64("0064ff9b0000000000000000", 12),
    SIX_TO_FOUR("2002", 2),
    COMPATIBLE("000000000000000000000000", 12);

    private final byte[] prefix;
    private final int at;

    Embedding(String prefix, int at) {
      this.prefix = java.util.HexFormat.of().parseHex(prefix);
      this.at = at;
    }
  }

  private final boolean privateAllowed;

  AddressRules(PushSettings settings) {
    privateAllowed = settings.privateAddresses();
  }

  /** Why nothing may be sent to that address; null if something may. */
  @Nullable String refusal(InetAddress address) {
    InetAddress embedded = embedded(address);
    if (embedded != null) {
      return refusal(embedded);
    }
    String text = address.getHostAddress();
    if (address.isLinkLocalAddress() || METADATA.contains(text)) {
      return text + " is link-local, or a cloud's metadata service";
    }
    if (address.isAnyLocalAddress() || address.isMulticastAddress() || isReserved(address)) {
      return text + " is not the address of a host";
    }
    return privateAllowed || !isPrivate(address)
        ? null
        : text + " is private, which aggregator.push.private-addresses refuses";
  }

  /** 0.0.0.0/8 and 240.0.0.0/4, broadcast among them. */
  private static boolean isReserved(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xF0) == 0xF0);
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    if (bytes.length == 16) {
      return address.isLoopbackAddress() || address.isSiteLocalAddress() || (first & 0xFE) == 0xFC;
    }
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || (first == 100 && (second & 0xC0) == 64)
        || (first == 192 && second == 0 && bytes[2] == 0)
        || (first == 198 && (second & 0xFE) == 18);
  }

  /** The IPv4 address that an IPv6 address leads to; null if it leads to none. */
  private static @Nullable InetAddress embedded(InetAddress address) {
    if (!(address instanceof Inet6Address)
        || address.isLoopbackAddress()
        || address.isAnyLocalAddress()) {
      return null;
    }
    byte[] bytes = address.getAddress();
    for (Embedding embedding : Embedding.values()) {
      byte[] prefix = embedding.prefix;
      if (Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length)) {
        return ofBytes(Arrays.copyOfRange(bytes, embedding.at, embedding.at + 4));
      }
    }
    return null;
  }

  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
