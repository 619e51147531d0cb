package dev.logaggregator.subscription;

import java.net.URI;

/**
 * What of an endpoint's address may be shown. Whoever knows the address of a webhook can often
 * write to it: the token is in the path or the query. So only where it leads is shown, as in {@code
 * https://hooks.example/…}; an address without path and query is shown whole.
 */
final class RedactedUrl {

  private static final String PATH = "/…";

  /** Nobody guesses that little, and it may be in a text by chance. */
  private static final int LONGEST_HARMLESS = 4;

  private RedactedUrl() {}

  /** What is shown of it. */
  static String of(URI url) {
    String where = url.getScheme() + "://" + url.getHost();
    if (url.getPort() >= 0) {
      where += ":" + url.getPort();
    }
    return pathAndQuery(url).length() <= 1 ? where + pathAndQuery(url) : where + PATH;
  }

  /** Whether that is what is shown of some address, and none itself. */
  static boolean isOne(URI url) {
    return PATH.equals(url.getPath()) && url.getRawQuery() == null;
  }

  /** A text about an address, without what isn't shown of it. */
  static String in(String text, URI url) {
    String redacted = text.replace(url.toString(), of(url));
    for (String part : new String[] {pathAndQuery(url), url.getRawPath(), url.getRawQuery()}) {
      if (part != null && part.length() > LONGEST_HARMLESS) {
        redacted = redacted.replace(part, part.startsWith("/") ? PATH : "…");
      }
    }
    return redacted;
  }

  private static String pathAndQuery(URI url) {
    return url.getRawQuery() == null
        ? url.getRawPath()
        : url.getRawPath() + "?" + url.getRawQuery();
  }
}
