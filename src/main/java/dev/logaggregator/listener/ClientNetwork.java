package dev.logaggregator.listener;

import org.jspecify.annotations.Nullable;

/**
 * Whom an address stands for where clients are told apart: in IPv6 the network of 64 bits that one
 * machine has to itself, with more addresses than anybody can count.
 */
final class ClientNetwork {

  private static final int GROUPS = 4;

  private ClientNetwork() {}

  /**
   * The network of an address, as Java writes one: in IPv6 all eight groups, none left out.
   *
   * @param address an IPv4 one stands for itself; null when the connection was closed too soon
   */
  static String of(@Nullable String address) {
    if (address == null) {
      return "";
    }
    int end = -1;
    for (int group = 0; group < GROUPS; group++) {
      end = address.indexOf(':', end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end);
  }
}
