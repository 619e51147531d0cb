package benchmarks.load;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Aggregator;
import benchmarks.peer.Kafka;
import benchmarks.peer.Nats;
import benchmarks.peer.Peer;
import benchmarks.peer.Redis;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Batches of a thousand events with unique ids, and what others have for the same. */
final class BatchPublish implements Part {

  private static final String PART = "batch";
  private static final String OURS = "ours: POST /publish, NDJSON";
  private static final Pattern USED_MEMORY = Pattern.compile("used_memory:(\\d+)");

  private final SampleEvents events = SampleEvents.ofTopics(50);
  private final Map<String, Subject> subjects = new LinkedHashMap<>();

  private record Subject(Peer server, BatchLoad load) {}

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    try (Aggregator ours = bench.startAggregator();
        Redis redis = bench.peer("redis", Redis::new);
        Nats nats = bench.peer("nats", Nats::new);
        Kafka kafka = bench.peer("kafka", Kafka::new)) {
      int connections = bench.options().number("connections");
      add(OURS, ours, connections, () -> new HttpSink(ours.port(), "/publish"));
      add("empty Spring MVC handler, same process", ours, connections, () -> empty(ours));
      if (redis != null) {
        add("Redis XADD, pipeline of 100", redis, connections, () -> new RedisSink(redis.port()));
      }
      if (nats != null) {
        addNats(nats, "memory", StorageType.Memory);
        addNats(nats, "file", StorageType.File);
      }
      if (kafka != null) {
        addKafka(kafka, "none");
        addKafka(kafka, "lz4");
      }
      try {
        measure(bench, redis);
        Subject subject = subjects.get(OURS);
        if (subject != null) {
          bench.profile("batch", ours, () -> subject.load.runFor(bench.seconds()));
        }
      } finally {
        subjects.values().forEach(subject -> subject.load.close());
      }
    }
  }

  private static Sink empty(Aggregator ours) throws IOException {
    return new HttpSink(ours.port(), "/empty");
  }

  private void addNats(Nats nats, String name, StorageType storage)
      throws IOException, InterruptedException {
    NatsSink.create(nats.port(), name, storage);
    add(
        "NATS JetStream, " + name + ", async publish",
        nats,
        1,
        () -> new NatsSink(nats.port(), name));
  }

  private void addKafka(Kafka kafka, String compression) throws IOException, InterruptedException {
    add(
        "Kafka, compression " + compression,
        kafka,
        1,
        () -> new KafkaSink(kafka.port(), "events-" + compression, compression));
  }

  private void add(String name, Peer server, int connections, Sink.Opener opener)
      throws IOException, InterruptedException {
    subjects.put(name, new Subject(server, new BatchLoad(events, connections, opener)));
  }

  private void measure(Bench bench, Redis redis) throws IOException, InterruptedException {
    bench.warmUp(subjects, subject -> subject.load.runFor(bench.warmupSeconds()));
    for (int run = 0; run < bench.runs(); run++) {
      for (Map.Entry<String, Subject> entry : subjects.entrySet()) {
        if (entry.getValue().server == redis) {
          RedisSink.ask(redis.port(), "FLUSHALL");
        }
        double count = measure(bench, entry.getKey(), entry.getValue());
        if (entry.getValue().server == redis) {
          bench.add(PART, "Redis, memory", "bytes/event", redisBytes(redis) / count);
          RedisSink.ask(redis.port(), "FLUSHALL");
        }
      }
    }
  }

  private static double measure(Bench bench, String name, Subject subject)
      throws IOException, InterruptedException {
    double cpu = subject.server.process().cpuSeconds();
    double ownCpu = ownCpuSeconds();
    double count = subject.load.acknowledged();
    bench.add(PART, name, "events/s", subject.load.runFor(bench.seconds()));
    count = subject.load.acknowledged() - count;
    cpu = subject.server.process().cpuSeconds() - cpu;
    ownCpu = ownCpuSeconds() - ownCpu;
    bench.add(PART, name + ", processor", "µs/event", 1e6 * cpu / count);
    bench.add(PART, name + ", client's processor", "µs/event", 1e6 * ownCpu / count);
    return count;
  }

  private static double ownCpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  private static long redisBytes(Redis redis) throws IOException {
    Matcher used = USED_MEMORY.matcher(RedisSink.ask(redis.port(), "INFO memory"));
    if (!used.find()) {
      throw new IOException("no used_memory in Redis' answer");
    }
    return Long.parseLong(used.group(1));
  }
}
