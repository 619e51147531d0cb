package dev.logaggregator.web;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Host}s under which a browser may address the service. A page that makes its own name
 * point to this machine (DNS rebinding) is same-origin to the browser, but still says its own name
 * here; an IP address or {@code localhost} can't be made to point elsewhere.
 */
final class TrustedHosts {

  private static final Pattern IP_V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IP_V6 = Pattern.compile("\\[[0-9A-Fa-f:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");

  private final Set<String> names;

  TrustedHosts(Set<String> names) {
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @param header the {@code Host} header, with or without a port; null where there was none
   */
  boolean contains(@Nullable String header) {
    if (header == null) {
      return false;
    }
    String host = PORT.matcher(header).replaceFirst("").toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || IP_V4.matcher(host).matches()
        || IP_V6.matcher(host).matches()
        || names.contains(host);
  }
}
