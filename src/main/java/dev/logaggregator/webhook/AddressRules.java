package dev.logaggregator.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be pushed to. Without these rules, whoever may create a subscription could
 * have the service speak to what only it can reach: the metadata services of clouds, which hand out
 * credentials, are at link-local addresses.
 */
public final class AddressRules {

  /** Metadata services, those at link-local addresses included. */
  private static final Set<InetAddress> METADATA =
      Stream.of(
              "169.254.169.254", // nearly all
              "169.254.170.2", // AWS, of containers
              "169.254.170.23",
              "100.100.100.200", // Alibaba
              "192.0.0.192", // Oracle
              "168.63.129.16", // Azure
              "fd00:ec2::254", // AWS
              "fd00:ec2::23",
              "fd20:ce::254") // Google
          .map(InetAddress::ofLiteral)
          .collect(Collectors.toUnmodifiableSet());

  /** Beginnings of IPv6 addresses that have an IPv4 address in them, and where. */
  private enum Embedding {
    NAT64("0064ff9b0000000000000000", 12),
    /** Of a network's own, which may be cut in four ways, each with another place (RFC 6052). */
    LOCAL_NAT64_48("0064ff9b0001", 6, 7, 9, 10),
    LOCAL_NAT64_56("0064ff9b0001", 7, 9, 10, 11),
    LOCAL_NAT64_64("0064ff9b0001", 9),
    LOCAL_NAT64_96("0064ff9b0001", 12),
    SIX_TO_FOUR("2002", 2),
    TEREDO_SERVER("20010000", 4),
    COMPATIBLE("000000000000000000000000", 12),
    MAPPED("00000000000000000000ffff", 12),
    TRANSLATED("0000000000000000ffff0000", 12);

    private final byte[] prefix;
    private final int[] at;

    Embedding(String prefix, int... at) {
      this.prefix = HexFormat.of().parseHex(prefix);
      this.at = at.length == 1 ? new int[] {at[0], at[0] + 1, at[0] + 2, at[0] + 3} : at;
    }
  }

  private static final int LOCAL_PREFIX_BYTES = 6;

  private static final byte[] TEREDO = HexFormat.of().parseHex("20010000");

  /** The interface identifier of ISATAP, whatever the prefix; its first byte may have a flag. */
  private static final byte[] ISATAP = HexFormat.of().parseHex("005efe");

  private final boolean privateAllowed;

  /**
   * @param privateAllowed whether endpoints may have addresses of private networks and of this
   *     machine
   */
  public AddressRules(boolean privateAllowed) {
    this.privateAllowed = privateAllowed;
  }

  /** Why nothing may be sent to that address; null if something may. */
  public @Nullable String refusal(InetAddress address) {
    for (InetAddress embedded : embedded(address)) {
      String refusal = refusal(embedded);
      if (refusal != null) {
        return refusal;
      }
    }
    String text = address.getHostAddress();
    if (address.isLinkLocalAddress() || isMetadata(address)) {
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

  /** Also one that ends like the IPv4 address of one: a network may translate by any prefix. */
  private static boolean isMetadata(InetAddress address) {
    byte[] bytes = address.getAddress();
    return METADATA.contains(address)
        || METADATA.contains(ofBytes(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length)));
  }

  /** The IPv4 addresses that an IPv6 address may lead to. */
  private static List<InetAddress> embedded(InetAddress address) {
    if (!(address instanceof Inet6Address)
        || address.isLoopbackAddress()
        || address.isAnyLocalAddress()) {
      return List.of();
    }
    byte[] bytes = address.getAddress();
    List<InetAddress> embedded = new ArrayList<>();
    for (Embedding embedding : Embedding.values()) {
      if (startsWith(bytes, 0, embedding.prefix)) {
        int[] at = embedding.at;
        byte[] found = {bytes[at[0]], bytes[at[1]], bytes[at[2]], bytes[at[3]]};
        // Where it isn't known how the prefix is cut, zeros are its rest.
        if (found[0] != 0 || embedding.prefix.length != LOCAL_PREFIX_BYTES) {
          embedded.add(ofBytes(found));
        }
      }
    }
    if (startsWith(bytes, 0, TEREDO)) {
      embedded.add(
          ofBytes(
              new byte[] {
                (byte) ~bytes[12], (byte) ~bytes[13], (byte) ~bytes[14], (byte) ~bytes[15]
              }));
    }
    if ((bytes[8] & ~2) == 0 && startsWith(bytes, 9, ISATAP)) {
      embedded.add(ofBytes(Arrays.copyOfRange(bytes, 12, 16)));
    }
    return embedded;
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
    return Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
