package dev.logaggregator.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Tries a case: those who are honest beside those who aren't. */
final class Trial {

  private static final double MEGABYTE = 1 << 20;
  private static final double CONTAINER_MEGABYTES = 512;

  /** What the service may keep of an attack that has ended, such as buffers that are used again. */
  private static final double KEPT_MEGABYTES = 24;

  private static final Duration UNTIL_MEMORY_IS_BACK = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 50;
  private static final long ALONE_MILLIS = 500;
  private static final byte[] LOCAL = {127, 0, 0, 1};
  private static final byte[] ELSEWHERE = {127, 0, 0, 2};
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Pattern FAULT = Pattern.compile("\\bERROR\\b|OutOfMemoryError");

  private final Case tried;
  private final Target target;
  private final Duration lasts;
  private final Bounds bounds;
  private final List<String> faults = new ArrayList<>();

  Trial(Case tried, Target target, Duration lasts, Bounds bounds) {
    this.tried = tried;
    this.target = target;
    this.lasts = lasts;
    this.bounds = bounds;
  }

  /** Publishes for a while, so that what is measured then isn't the start of a JVM. */
  static void warmUp(Target target, Duration lasts) throws InterruptedException {
    HonestPublisher publisher =
        new HonestPublisher(target.port(), LOCAL, new Ledger("honest.warmup"));
    Thread.sleep(lasts);
    publisher.end(PATIENCE);
  }

  Verdict run() throws IOException, InterruptedException {
    int logged = target.log().length();
    try (Onslaught preparation = new Onslaught(target, Duration.ZERO)) {
      step("preparation", tried.prepare(), preparation);
      faults.addAll(preparation.faults());
    }
    double before = ownMegabytes();
    Ledger ledger = new Ledger("honest.n" + NUMBERS.incrementAndGet());
    byte[] address = tried.elsewhere() ? ELSEWHERE : LOCAL;
    HonestPublisher publisher = new HonestPublisher(target.port(), address, ledger);
    Liveness liveness = new Liveness(target.port(), address);
    Onslaught done;
    try (Onslaught onslaught = new Onslaught(target, lasts)) {
      done = onslaught;
      step("attack", tried.attack(), onslaught);
      while (!onslaught.isOver()) {
        Thread.sleep(LOOK_MILLIS);
      }
      onslaught.close();
      Thread.sleep(ALONE_MILLIS);
      Duration patience = target.isAlive() ? PATIENCE : Duration.ZERO;
      if (!publisher.end(patience) && target.isAlive()) {
        faults.add("a publish was never answered");
      }
      liveness.end(target.answers() ? PATIENCE : Duration.ZERO);
      if (target.answers()) {
        step("check", tried.after(), onslaught);
      }
      faults.addAll(onslaught.faults());
    }
    double after = 0;
    if (target.answers()) {
      after = afterwards(ledger, before);
    } else if (target.isAlive()) {
      faults.add("doesn't answer afterwards");
    }
    judge(publisher, liveness, done, target.log().substring(logged));
    return new Verdict(
        tried.name(),
        publisher.times(),
        liveness.times(),
        done.reads(),
        before,
        after,
        target.peakBytes() / MEGABYTE,
        publisher.refused(),
        done.answers().toString(),
        faults);
  }

  /** What an attack can't do any more, since it was cut off or the service has gone, is no news. */
  private void step(String name, Attack attack, Onslaught onslaught) throws InterruptedException {
    try {
      attack.on(onslaught);
    } catch (InterruptedException end) {
      throw end;
    } catch (Exception failed) {
      if (target.isAlive()) {
        faults.add(name + ": " + failed);
      }
    }
  }

  private double afterwards(Ledger ledger, double before) throws InterruptedException {
    try {
      faults.addAll(ledger.compare(target.port()));
      target.unsubscribe();
      double most = before + KEPT_MEGABYTES + tried.leavesMegabytes();
      long end = System.nanoTime() + UNTIL_MEMORY_IS_BACK.toNanos();
      double after = ownMegabytes();
      while (after > most && System.nanoTime() < end) {
        Thread.sleep(UNTIL_MEMORY_IS_BACK.dividedBy(20));
        after = ownMegabytes();
      }
      if (after > most) {
        faults.add("memory isn't back");
      }
      return after;
    } catch (IOException | IllegalStateException failed) {
      faults.add("afterwards: " + failed.getMessage());
      return 0;
    }
  }

  private double ownMegabytes() throws IOException {
    return target.isAlive() ? (target.liveBytes() - target.storedBytes()) / MEGABYTE : 0;
  }

  private void judge(
      HonestPublisher publisher, Liveness liveness, Onslaught onslaught, String logged) {
    Answers answers = onslaught.answers();
    if (!target.isAlive()) {
      faults.add("the process has ended");
    }
    FAULT
        .matcher(logged)
        .results()
        .findFirst()
        .ifPresent(fault -> faults.add("logged: " + lineOf(logged, fault.start())));
    if (answers.hasFailure() || publisher.answers().hasFailure()) {
      faults.add("answered 5xx: " + answers + " " + publisher.answers());
    }
    if (!target.isAlive()) {
      return;
    }
    within("half of publishing", publisher.times().millis(0.5), bounds.publishMedianMillis());
    within("p99 of publishing", publisher.times().millis(0.99), bounds.publishP99Millis());
    within("a publish", publisher.times().millis(1), bounds.publishMillis());
    within("liveness", liveness.times().millis(1), bounds.livenessMillis());
    within("an honest read", onslaught.reads().millis(1), bounds.readMillis());
    if (liveness.answers().count(200) < liveness.times().count()) {
      faults.add("liveness was answered " + liveness.answers());
    }
    if (publisher.broken() > 0) {
      faults.add("honest connections were broken %d times".formatted(publisher.broken()));
    }
    if (target.peakBytes() / MEGABYTE > CONTAINER_MEGABYTES) {
      faults.add("more memory than the container has");
    }
  }

  private void within(String what, double millis, double bound) {
    if (millis > bound) {
      faults.add("%s took %.0f ms".formatted(what, millis));
    }
  }

  private static String lineOf(String text, int at) {
    int end = text.indexOf('\n', at);
    String line =
        text.substring(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length() : end).strip();
    return line.length() > 160 ? line.substring(0, 160) : line;
  }
}
