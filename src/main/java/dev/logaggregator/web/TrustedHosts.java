package dev.logaggregator.web;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Host}s under which the service may be addressed. A page that makes its own name point
 * to this machine (DNS rebinding) is same-origin to the browser, but still says its own name here.
 *
 * <p>Trusted are names that nobody can have in the public DNS and make point elsewhere: IP
 * literals, {@code localhost}, names of one label as in a compose file, those under {@code
 * .localhost}, {@code .local} and {@code .internal}, which are reserved; and those that a setting
 * lists. An IPv4 address is four decimal numbers; its other spellings, as {@code 0x7f.1}, are
 * written out by a browser before it sends them, and are names here. An IPv6 address has no zone,
 * which browsers don't send either.
 */
final class TrustedHosts {

  /** What a name of the DNS may take, a dot behind it and a port. */
  private static final int LONGEST = 253 + ".:65535".length();

  /** More names than a service goes by; strangers may fill them up, which costs a microsecond. */
  private static final int MOST_KNOWN = 64;

  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\[(?<address>[0-9a-f:.]+)]|(?<name>[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*)\\.?)(?::\\d{0,5})?",
          Pattern.CASE_INSENSITIVE); // of ASCII only

  private static final Pattern IP_V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

  private static final Pattern RESERVED =
      Pattern.compile("[^.]+|.+\\.(?:localhost|local|internal)");

  private final Set<String> names;

  /** The first headers that were found good, so that the usual ones are looked at once. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  TrustedHosts(Set<String> names) {
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @param header the {@code Host} header, with or without a port; null where there was none
   */
  boolean contains(@Nullable String header) {
    if (header == null || header.length() > LONGEST) {
      return false;
    }
    if (known.contains(header)) {
      return true;
    }
    boolean trusted = isTrusted(header);
    if (trusted && known.size() < MOST_KNOWN) {
      known.add(header);
    }
    return trusted;
  }

  private boolean isTrusted(String header) {
    Matcher host = HOST.matcher(header);
    if (!host.matches()) {
      return false;
    }
    if (host.group("name") == null) {
      return isIpV6(host.group("address"));
    }
    String name = host.group("name").toLowerCase(Locale.ROOT);
    return RESERVED.matcher(name).matches()
        || IP_V4.matcher(name).matches()
        || names.contains(name);
  }

  private static boolean isIpV6(String address) {
    try {
      Inet6Address.ofLiteral(address);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
