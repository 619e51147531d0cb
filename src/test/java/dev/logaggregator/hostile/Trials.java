package dev.logaggregator.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Tries one case after the other, each against a process that lives and has what it needs. */
final class Trials implements AutoCloseable {

  /** What a process has logged until a case didn't hold goes here. */
  private static final Path LOGS = Path.of("target", "hostile");

  private final StringBuilder table = new StringBuilder(Verdict.HEAD);
  private final Duration warmUp;
  private final Duration lasts;
  private final Bounds bounds;
  private Target target;
  private World world;

  /**
   * @param warmUp how long a process is published to before
   * @param lasts how long an attack lasts at least
   */
  Trials(Duration warmUp, Duration lasts, Bounds bounds) {
    this.warmUp = warmUp;
    this.lasts = lasts;
    this.bounds = bounds;
  }

  Verdict run(Case tried) throws IOException, InterruptedException {
    ready(tried);
    Verdict verdict = new Trial(tried, target, lasts, bounds).run();
    if (!verdict.faults().isEmpty()) {
      write(LOGS.resolve(tried.name().replaceAll("\\W+", "-") + ".log"), target.log());
    }
    table.append(verdict.line());
    System.out.print(verdict.line());
    return verdict;
  }

  private void ready(Case tried) throws IOException, InterruptedException {
    boolean same = target != null && world == tried.world() && !world.isOwn();
    if (same && target.answers() && target.settings().equals(tried.settings())) {
      return;
    }
    if (target != null) {
      target.close();
    }
    target = Target.start(tried.settings());
    world = tried.world();
    world.prepare(target);
    Trial.warmUp(target, warmUp);
  }

  /** All verdicts, as a Markdown table. */
  String table() {
    return table.toString();
  }

  /** Writes the table to a file. */
  void write(Path file) {
    write(file, table);
  }

  private static void write(Path file, CharSequence text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (target != null) {
      target.close();
    }
  }
}
