package dev.logaggregator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.RetryDelayStrategy;
import com.launchdarkly.eventsource.StreamEvent;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.logaggregator.Node;
import dev.logaggregator.dashboard.Chromium;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A client of server-sent events that isn't ours, and comes back by itself. */
abstract class StreamClient implements AutoCloseable {

  /**
   * What a client told its application.
   *
   * @param id the client's own idea of the last event id
   */
  record Told(String type, String id, String data) {

    private static Told of(String line) {
      String[] parts = line.split("\t", 3);
      return new Told(parts[0], parts[1], parts[2]);
    }
  }

  private final List<Told> told = new ArrayList<>();

  /** Everything so far. For the test's thread only. */
  List<Told> told() {
    collect(told);
    return told;
  }

  abstract void collect(List<Told> into);

  @Override
  public abstract void close();

  /** The browser's own. */
  static StreamClient ofBrowser(String url) {
    BrowserContext context = Chromium.get().newContext();
    Page page = context.newPage();
    page.navigate(URI.create(url).resolve("/actuator/health").toString());
    page.evaluate(
        """
        url => {
          window.told = [];
          const tell = e => window.told.push([e.type, e.lastEventId, e.data].join("\\t"));
          const source = new EventSource(url);
          source.onmessage = tell;
          source.addEventListener("gap", tell);
        }
        """,
        url);
    return new StreamClient() {
      @Override
      void collect(List<Told> into) {
        for (Object line : (List<?>) page.evaluate("window.told.splice(0)")) {
          into.add(Told.of((String) line));
        }
      }

      @Override
      public void close() {
        context.close();
      }
    };
  }

  /** From Maven: LaunchDarkly's. */
  static StreamClient ofMaven(String url) {
    EventSource source =
        new EventSource.Builder(ConnectStrategy.http(URI.create(url)))
            .errorStrategy(ErrorStrategy.alwaysContinue())
            .retryDelay(500, TimeUnit.MILLISECONDS)
            .retryDelayStrategy(
                RetryDelayStrategy.defaultStrategy().maxDelay(500, TimeUnit.MILLISECONDS))
            .build();
    Queue<Told> arrived = new ConcurrentLinkedQueue<>();
    Thread.ofVirtual()
        .start(
            () -> {
              for (StreamEvent event : source.anyEvents()) {
                if (event instanceof MessageEvent message) {
                  arrived.add(
                      new Told(
                          message.getEventName(), message.getLastEventId(), message.getData()));
                }
              }
            });
    return new StreamClient() {
      @Override
      void collect(List<Told> into) {
        for (Told one = arrived.poll(); one != null; one = arrived.poll()) {
          into.add(one);
        }
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  /** From npm: eventsource. */
  static StreamClient ofNpm(String url) {
    Process process = Node.start("follow-stream.mjs", url);
    Queue<Told> arrived = new ConcurrentLinkedQueue<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                lines.lines().forEach(line -> arrived.add(Told.of(line)));
              } catch (IOException ended) {
                // As it does when it is closed.
              }
            });
    return new StreamClient() {
      @Override
      void collect(List<Told> into) {
        for (Told one = arrived.poll(); one != null; one = arrived.poll()) {
          into.add(one);
        }
      }

      @Override
      public void close() {
        process.destroy();
      }
    };
  }
}
