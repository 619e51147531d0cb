package dev.logaggregator.web;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Keeps out the web pages that a developer happens to visit: without it, any of them could publish,
 * read or delete on {@code localhost}. Every browser says {@code Origin} or {@code Sec-Fetch-Site}
 * with what a page of another site may send. It says neither when a page reads from what it takes
 * for its own site; so every request, whatever it says of itself, has to come under a name that
 * can't be such a page's: see {@link TrustedHosts}.
 */
@SuppressWarnings("serial") // a filter is never serialized
final class BrowserGuard extends HttpFilter {

  private static final String SEC_FETCH_SITE = "Sec-Fetch-Site";
  private static final Duration PREFLIGHT_VALID_FOR = Duration.ofMinutes(30);
  private static final URI FOREIGN_PAGE =
      URI.create("urn:problem:pubsub-log-aggregator:foreign-web-page");
  private static final URI UNKNOWN_HOST =
      URI.create("urn:problem:pubsub-log-aggregator:unknown-host");

  private final Set<String> allowedOrigins;
  private final TrustedHosts trustedHosts;
  private final ProblemWriter problems;
  private final CorsProcessor cors = new DefaultCorsProcessor();
  private final CorsConfiguration corsConfiguration = new CorsConfiguration();

  BrowserGuard(WebSettings settings, ProblemWriter problems) {
    allowedOrigins = settings.allowedOrigins();
    trustedHosts = new TrustedHosts(settings.allowedHosts());
    this.problems = problems;
    corsConfiguration.setAllowedOrigins(List.copyOf(allowedOrigins));
    corsConfiguration.setAllowedMethods(List.of(CorsConfiguration.ALL));
    corsConfiguration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
    corsConfiguration.setExposedHeaders(
        List.of(
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            "X-Log-Cursor",
            "X-Log-Gap"));
    corsConfiguration.setMaxAge(PREFLIGHT_VALID_FOR);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!allowedOrigins.isEmpty()) {
      response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    String host = request.getHeader(HttpHeaders.HOST);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String site = request.getHeader(SEC_FETCH_SITE);
    if (host == null || !trustedHosts.contains(host)) {
      refuseHost(host, request, response);
    } else if (origin != null && allowedOrigins.contains(origin)) {
      boolean valid = cors.processRequest(corsConfiguration, request, response);
      if (valid && !CorsUtils.isPreFlightRequest(request)) {
        chain.doFilter(request, response);
      }
    } else if (isForeign(host, origin, site, request)) {
      refusePage(origin, request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isForeign(
      String host, @Nullable String origin, @Nullable String site, HttpServletRequest request) {
    // "none" is what the user typed or bookmarked, so no page had a hand in it.
    boolean ownSite = site == null || site.equals("same-origin") || site.equals("none");
    return !ownSite || (origin != null && !isOwn(origin, host, request, site));
  }

  /**
   * Whether a page from that origin is one of ours. Where the browser itself says so, the scheme
   * may differ: a proxy that ends TLS passes plain HTTP on.
   */
  private static boolean isOwn(
      String origin, String host, HttpServletRequest request, @Nullable String site) {
    int authority = origin.indexOf("://");
    if (authority < 0) {
      return false;
    }
    String scheme = origin.substring(0, authority).toLowerCase(Locale.ROOT);
    return (site != null || scheme.equals(request.getScheme()))
        && withoutDefaultPort(scheme, origin.substring(authority + 3))
            .equalsIgnoreCase(withoutDefaultPort(scheme, host));
  }

  private static String withoutDefaultPort(String scheme, String authority) {
    String suffix = scheme.equals("https") ? ":443" : ":80";
    return authority.endsWith(suffix)
        ? authority.substring(0, authority.length() - suffix.length())
        : authority;
  }

  private void refuseHost(
      @Nullable String host, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean named = host != null && !host.isBlank();
    refuse(
        UNKNOWN_HOST,
        "Unknown host",
        (named ? "No request may come under the name " + host : "A request must say its Host")
            + ": address this service as localhost, by an IP address, by a name without a dot, or"
            + " by one that ends in .local or .internal; or add the name, without port, to"
            + " aggregator.web.allowed-hosts.",
        request,
        response);
  }

  private void refusePage(
      @Nullable String origin, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    refuse(
        FOREIGN_PAGE,
        "Not for other web pages",
        "Pages of other sites may not use this service. For "
            + requireNonNullElse(origin, "a site")
            + ", add its origin to aggregator.web.allowed-origins.",
        request,
        response);
  }

  private void refuse(
      URI type,
      String title,
      String reason,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, reason);
    problem.setType(type);
    problem.setTitle(title);
    problems.write(problem, request.getRequestURI(), response);
  }
}
