package dev.logaggregator.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host, and refuses it if any of its addresses is refused. The client connects to the
 * addresses that it is given here, so that a name can't lead elsewhere once it was checked.
 *
 * <p>Resolves on platform threads, one for a name at most: the system's resolver may take many
 * seconds, and would keep a virtual thread's carrier, of which there are as many as processors,
 * from everybody else.
 */
public final class CheckedResolver implements DnsResolver, AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Resolves; the machine's own resolver but in tests. */
  @FunctionalInterface
  public interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final AddressRules rules;
  private final Names names;
  private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("resolver-", 0).daemon().factory());

  public CheckedResolver(AddressRules rules, Names names) {
    this.rules = rules;
    this.names = names;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = lookUp(host);
    for (InetAddress address : addresses) {
      String refusal = rules.refusal(address);
      if (refusal != null) {
        throw new RefusedAddressException(refusal);
      }
    }
    return addresses;
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    CompletableFuture<InetAddress[]> lookup = underWay.computeIfAbsent(host, this::start);
    try {
      return lookup.get(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException(host);
      unknown.initCause(e.getCause());
      throw unknown;
    } catch (TimeoutException e) {
      throw new UnknownHostException(host + ", not resolved within " + LONGEST.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host + ", given up");
    }
  }

  private CompletableFuture<InetAddress[]> start(String host) {
    CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            InetAddress[] addresses = names.resolve(host);
            underWay.remove(host);
            lookup.complete(addresses);
          } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host);
            lookup.completeExceptionally(e);
          }
        });
    return lookup;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
