package benchmarks.load;

import benchmarks.events.SampleEvents;
import benchmarks.peer.Aggregator;
import benchmarks.peer.FastApi;
import benchmarks.peer.Nginx;
import benchmarks.peer.Peer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One event a request, 32 connections with keep-alive. */
final class SinglePublish implements Part {

  private static final String PART = "single";

  private record Target(Peer server, String path) {}

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    Wrk wrk = new Wrk(bench.place(), SampleEvents.ofTopics(50));
    try (Aggregator ours = bench.startAggregator();
        FastApi plainFastApi = bench.peer("fastapi", FastApi::plain);
        FastApi fastApi = bench.peer("fastapi", FastApi::accelerated);
        Nginx nginx = bench.peer("nginx", Nginx::new)) {
      Map<String, Target> targets = new LinkedHashMap<>();
      targets.put("ours: POST /publish", new Target(ours, "/publish"));
      targets.put("empty Spring MVC handler, same process", new Target(ours, "/empty"));
      if (nginx != null) {
        targets.put("nchan in nginx", new Target(nginx, "/publish"));
        targets.put("nginx: return 202", new Target(nginx, "/empty"));
      }
      if (fastApi != null) {
        targets.put("FastAPI + uvicorn, list", new Target(plainFastApi, "/publish"));
        targets.put("FastAPI + uvicorn, uvloop, httptools, list", new Target(fastApi, "/publish"));
      }
      bench.warmUp(targets, target -> run(wrk, target, bench.warmupSeconds()));
      for (int run = 0; run < bench.runs(); run++) {
        for (Map.Entry<String, Target> target : targets.entrySet()) {
          double cpu = target.getValue().server.process().cpuSeconds();
          Wrk.Outcome outcome = run(wrk, target.getValue(), bench.seconds());
          cpu = target.getValue().server.process().cpuSeconds() - cpu;
          bench.add(PART, target.getKey(), "events/s", outcome.perSecond());
          bench.add(PART, target.getKey() + ", p99", "ms", outcome.p99Micros() / 1000);
          bench.add(PART, target.getKey() + ", processor", "µs/event", 1e6 * cpu / outcome.count());
        }
      }
      bench.profile("empty", ours, () -> run(wrk, new Target(ours, "/empty"), bench.seconds()));
      bench.profile("single", ours, () -> run(wrk, new Target(ours, "/publish"), bench.seconds()));
    }
  }

  private static Wrk.Outcome run(Wrk wrk, Target target, int seconds)
      throws IOException, InterruptedException {
    return wrk.run(target.server.port(), target.path, seconds);
  }
}
