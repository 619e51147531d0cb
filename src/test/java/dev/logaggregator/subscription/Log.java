package dev.logaggregator.subscription;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.journal.none.NoJournal;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.store.DeduplicationSettings;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.TopicSettings;
import dev.logaggregator.worker.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A log with subscriptions and a clock that tests set; the real ones but for HTTP. */
final class Log implements AutoCloseable {

  static final Definition DEFAULT =
      new Definition(
          List.of(),
          null,
          Duration.ofSeconds(30),
          3,
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10)),
          1_000,
          null);

  Instant now = Instant.parse("2026-11-22T07:00:00Z");
  final SubscriptionSettings settings = new SubscriptionSettings(100, 100, 100, 100);
  final MemoryAccount memory;
  final Ledger ledger;
  final EventStore store;
  final Deliveries deliveries;
  final Workers workers = new Workers();
  final BacklogCounter backlogs;

  /** A delivery as a consumer sees it. */
  record Received(String id, int delivery, String ackId) {}

  /** Takes all that is delivered. */
  record Receiving(List<Received> received) implements DeliverySink {

    @Override
    public Accepted accept(Delivery delivery, EventView event) {
      received.add(new Received(event.id(), delivery.number(), delivery.ackId()));
      return Accepted.AND_MORE;
    }

    @Override
    public void undo(int count) {
      received.subList(received.size() - count, received.size()).clear();
    }

    @Override
    public boolean isWanted() {
      return true;
    }
  }

  Log() {
    this(new NoJournal(), RetentionSettings.DEFAULT);
  }

  Log(Journal journal, RetentionSettings retention) {
    this(journal, retention, 64L << 20);
  }

  private Log(Journal journal, RetentionSettings retention, long memoryBytes) {
    memory = new MemoryAccount(memoryBytes);
    ledger = new Ledger(memory);
    store =
        new EventStore(
            journal,
            retention,
            DeduplicationSettings.DEFAULT,
            TopicSettings.DEFAULT,
            () -> now,
            List.of(ledger));
    deliveries =
        new Deliveries(store, new LetterRoom(store, ledger, settings), () -> now, () -> now);
    backlogs = new BacklogCounter(store, workers);
  }

  static Log keeping(long events) {
    return new Log(new NoJournal(), new RetentionSettings(null, events, null, Map.of()));
  }

  static Log with(long memoryBytes) {
    return new Log(new NoJournal(), RetentionSettings.DEFAULT, memoryBytes);
  }

  Subscription subscribe(String name, Definition definition) {
    store.record(
        SubscriptionRecord.KIND,
        new SubscriptionRecord.Put(name, definition, store.watermark() - 1).toBytes());
    return subscription(name);
  }

  Subscription subscription(String name) {
    Subscription subscription = ledger.get(name);
    if (subscription == null) {
      throw new AssertionError("there is no " + name);
    }
    return subscription;
  }

  void record(SubscriptionRecord record) {
    store.record(SubscriptionRecord.KIND, record.toBytes());
  }

  void publish(String topic, String... ids) {
    publishWith("{}", topic, ids);
  }

  void publishWith(String payload, String topic, String... ids) {
    EventBatch.Builder batch = new EventBatch.Builder(now);
    for (String id : ids) {
      EventDraft draft = new EventDraft();
      draft.topic = new Topic(topic);
      draft.id.set(id.getBytes(StandardCharsets.UTF_8));
      draft.payload.set(payload.getBytes(StandardCharsets.UTF_8));
      batch.add(draft, 2);
    }
    store.publish(batch.build());
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  List<Received> pull(Subscription subscription, int max) {
    List<Received> received = new ArrayList<>();
    try {
      Taken taken;
      do {
        taken =
            deliveries.take(
                subscription,
                max - received.size(),
                subscription.definition().ackDeadline(),
                new Receiving(received));
      } while (taken.mayHaveMore() && received.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return received;
  }

  List<String> pullIds(Subscription subscription, int max) {
    return pull(subscription, max).stream().map(Received::id).toList();
  }

  Deliveries.Outcome ack(Subscription subscription, List<Received> received) {
    return deliveries.acknowledge(subscription, received.stream().map(Received::ackId).toList());
  }

  Subscription.State state(Subscription subscription) {
    return subscription.state(counted(subscription));
  }

  long heldForDeliveries() {
    return memory.usedBytes(Use.DELIVERIES);
  }

  /** The watermark that its backlog is counted to. */
  private long counted(Subscription subscription) {
    long watermark;
    do {
      watermark = backlogs.count(List.of(subscription));
    } while (!subscription.state(watermark).backlogIsComplete());
    return watermark;
  }

  String describe(Subscription subscription) {
    var request = new MockHttpServletRequest();
    var response = new MockHttpServletResponse();
    try (var answer = new AnswerChunks(request, response, CacheControl.noStore(), memory)) {
      new SubscriptionJson(store.epoch(), counted(subscription), now)
          .write(subscription, null, answer);
      answer.end();
      return response.getContentAsString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    store.close();
    workers.close();
  }
}
