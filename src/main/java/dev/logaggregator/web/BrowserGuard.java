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
 * with what a foreign page may send; a request with neither is another program's and passes.
 */
@SuppressWarnings("serial") // a filter is never serialized
final class BrowserGuard extends HttpFilter {

  private static final String SEC_FETCH_SITE = "Sec-Fetch-Site";
  private static final Duration PREFLIGHT_VALID_FOR = Duration.ofMinutes(30);
  private static final URI PROBLEM =
      URI.create("urn:problem:pubsub-log-aggregator:foreign-web-page");

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
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String site = request.getHeader(SEC_FETCH_SITE);
    if (origin == null && site == null) {
      chain.doFilter(request, response);
    } else if (origin != null && allowedOrigins.contains(origin)) {
      boolean valid = cors.processRequest(corsConfiguration, request, response);
      if (valid && !CorsUtils.isPreFlightRequest(request)) {
        chain.doFilter(request, response);
      }
    } else {
      String reason = refusal(request, origin, site);
      if (reason == null) {
        chain.doFilter(request, response);
      } else {
        refuse(request, response, reason);
      }
    }
  }

  private @Nullable String refusal(
      HttpServletRequest request, @Nullable String origin, @Nullable String site) {
    String host = request.getHeader(HttpHeaders.HOST);
    if (!trustedHosts.contains(host)) {
      return "A browser may address this service as localhost or by an IP address. For "
          + requireNonNullElse(host, "another host")
          + ", add its name to aggregator.web.allowed-hosts.";
    }
    // "none" is what the user typed or bookmarked, so no page had a hand in it.
    boolean ownSite = site == null || site.equals("same-origin") || site.equals("none");
    if (!ownSite || (origin != null && !isOwn(origin, String.valueOf(host), request, site))) {
      return "Pages of other sites may not use this service. For "
          + requireNonNullElse(origin, "a site")
          + ", add its origin to aggregator.web.allowed-origins.";
    }
    return null;
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

  private void refuse(HttpServletRequest request, HttpServletResponse response, String reason)
      throws IOException {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, reason);
    problem.setType(PROBLEM);
    problem.setTitle("Not for other web pages");
    problems.write(problem, request.getRequestURI(), response);
  }
}
