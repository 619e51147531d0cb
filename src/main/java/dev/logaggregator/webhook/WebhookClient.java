package dev.logaggregator.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends webhooks as Standard Webhooks have them. Of an answer, the status and {@code Retry-After}
 * are read; a body only if it is short, so that the connection can be used again.
 */
public final class WebhookClient implements AutoCloseable {

  /** Through how many pushes the event has come, this one included. */
  static final String HOPS = "Log-Hops";

  /** Of all endpoints together; how many are used at a time is bounded elsewhere. */
  private static final int MOST_CONNECTIONS = 65_536;

  private static final int LONGEST_BODY_READ = 4_096;
  private static final int LONGEST_HEADER_LINE = 8_192;
  private static final int MOST_HEADERS = 100;
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
  private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(10);

  /** Endpoints close connections that are idle for long, and then a push on one fails. */
  private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(20);

  private static final TimeValue CHECKED_AFTER_IDLE = TimeValue.ofMilliseconds(200);

  private final CloseableHttpClient client;
  private final InstantSource wallClock;
  private final ExecutorService exchanges =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory());

  /**
   * @param wallClock receivers compare the time of a signature with theirs
   */
  public WebhookClient(CheckedResolver resolver, InstantSource wallClock) {
    this.wallClock = wallClock;
    client =
        HttpClients.custom()
            .setConnectionManager(connections(resolver))
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .evictExpiredConnections()
            .evictIdleConnections(LONGEST_IDLE)
            .setUserAgent("pubsub-log-aggregator")
            .build();
  }

  private static PoolingHttpClientConnectionManager connections(CheckedResolver resolver) {
    Http1Config limits =
        Http1Config.custom()
            .setMaxLineLength(LONGEST_HEADER_LINE)
            .setMaxHeaderCount(MOST_HEADERS)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(resolver)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(limits).build())
        .setMaxConnTotal(MOST_CONNECTIONS)
        .setMaxConnPerRoute(MOST_CONNECTIONS)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setValidateAfterInactivity(CHECKED_AFTER_IDLE)
                .build())
        .build();
  }

  /** A request under way, and what is known of its answer. */
  private final class Exchange {

    private final HttpPost request;
    private final Instant now;
    private volatile @Nullable Answer answer;

    Exchange(HttpPost request, Instant now) {
      this.request = request;
      this.now = now;
    }

    void run() throws IOException {
      try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
        Header retryAfter = response.getFirstHeader("Retry-After");
        answer =
            Answer.of(
                response.getCode(), retryAfter == null ? null : pause(retryAfter.getValue(), now));
        HttpEntity entity = response.getEntity();
        if (entity != null && !endsWithin(entity)) {
          request.cancel();
        }
      } catch (IOException | RuntimeException e) {
        if (answer == null) {
          throw e;
        }
        // What came after the status doesn't matter.
      }
    }

    private static boolean endsWithin(HttpEntity entity) throws IOException {
      return entity.getContentLength() <= LONGEST_BODY_READ
          && entity.getContent().readNBytes(LONGEST_BODY_READ + 1).length <= LONGEST_BODY_READ;
    }

    /** Ends it wherever it is: resolving, connecting, writing or reading. */
    void cancel(Future<?> running) {
      if (!running.isDone()) {
        request.cancel();
        running.cancel(true);
      }
    }

    Answer answerOr(String error) {
      Answer known = answer;
      return known == null ? Answer.none(error) : known;
    }
  }

  /**
   * Sends one.
   *
   * @param id the same for each attempt
   * @param hops through how many pushes the event has come, this one included
   */
  public Answer send(Endpoint endpoint, String id, byte[] body, int hops)
      throws InterruptedException {
    Instant now = wallClock.instant();
    Exchange exchange = new Exchange(request(endpoint, id, body, hops, now), now);
    Future<?> running =
        exchanges.submit(
            () -> {
              exchange.run();
              return null;
            });
    try {
      running.get(endpoint.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return exchange.answerOr("no answer");
    } catch (TimeoutException e) {
      return exchange.answerOr("no answer within " + endpoint.timeout().toMillis() + " ms");
    } catch (CancellationException e) {
      return exchange.answerOr("given up, as the service stops");
    } catch (ExecutionException e) {
      return exchange.answerOr(reason(e.getCause()));
    } finally {
      exchange.cancel(running);
    }
  }

  private static String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case RefusedAddressException refused -> "refused to connect: " + refused.getMessage();
      case UnknownHostException unknown -> "unknown host: " + unknown.getMessage();
      case null -> "no answer";
      default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
    };
  }

  private static HttpPost request(
      Endpoint endpoint, String id, byte[] body, int hops, Instant now) {
    HttpPost request = new HttpPost(endpoint.url());
    request.setHeader("webhook-id", id);
    request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
    request.setHeader("webhook-signature", signatures(endpoint.secretsAt(now), id, now, body));
    request.setHeader(HOPS, Integer.toString(hops));
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    Timeout timeout = Timeout.of(endpoint.timeout());
    request.setConfig(
        RequestConfig.custom()
            .setResponseTimeout(timeout)
            .setConnectionRequestTimeout(timeout)
            .setProtocolUpgradeEnabled(false)
            .build());
    return request;
  }

  static String signatures(List<String> secrets, String id, Instant now, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    List<String> signatures = new ArrayList<>();
    try {
      for (String secret : secrets) {
        signatures.add(new Webhook(secret).sign(id, now.getEpochSecond(), text));
      }
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("a secret that was checked doesn't sign", e);
    }
    return String.join(" ", signatures);
  }

  private static @Nullable Duration pause(String retryAfter, Instant now) {
    Duration pause;
    try {
      pause =
          retryAfter.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(retryAfter))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                      .toInstant());
    } catch (DateTimeException malformed) {
      return null;
    }
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : pause;
  }

  @Override
  public void close() {
    exchanges.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
