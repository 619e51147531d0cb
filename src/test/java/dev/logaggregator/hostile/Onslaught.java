package dev.logaggregator.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/** What an attack does to a target, and what it is answered. */
final class Onslaught implements AutoCloseable {

  private final List<Crowd> crowds = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Times reads = new Times();
  private final Answers answers = new Answers();
  private final Target target;
  private final Duration lasts;
  private long endNanos;

  /**
   * @param lasts how long it goes on when all have come
   */
  Onslaught(Target target, Duration lasts) {
    this.target = target;
    this.lasts = lasts;
    this.endNanos = System.nanoTime() + lasts.toNanos();
  }

  Target target() {
    return target;
  }

  Answers answers() {
    return answers;
  }

  /** What the attack itself found to be wrong. */
  List<String> faults() {
    return faults;
  }

  /** How long honest reads took. */
  Times reads() {
    return reads;
  }

  /** Reads honestly beside the attackers until it is over; each answer must be 200. */
  void readMeanwhile(Request request) throws IOException {
    while (!isOver()) {
      long start = System.nanoTime();
      Connection.Answer answer = target.send(request);
      reads.add(System.nanoTime() - start);
      expect(answer.status() == 200, request.line() + " was answered " + answer.status());
    }
  }

  /** Whether it has lasted long enough. */
  boolean isOver() {
    return System.nanoTime() >= endNanos || !target.isAlive();
  }

  /** Sends clients from one address who all send the same. */
  void crowd(int clients, Manner manner, Request request) {
    crowd(1, clients, manner, number -> request);
  }

  /** Sends clients, from so many addresses. */
  void crowd(int addresses, int clients, Manner manner, IntFunction<Request> requests) {
    crowds.add(new Crowd(target.port(), addresses, clients, manner, requests, answers));
    endNanos = System.nanoTime() + lasts.toNanos();
  }

  /** Sends a request and waits for the answer. */
  Connection.Answer send(Request request) throws IOException {
    Connection.Answer answer = target.send(request);
    answers.add(answer.status());
    return answer;
  }

  /** Sends a request that isn't hostile and must succeed. */
  JsonNode require(Request request) throws IOException {
    return target.require(request);
  }

  /** Says that something is wrong if it is. */
  void expect(boolean right, String otherwise) {
    if (!right) {
      faults.add(otherwise);
    }
  }

  /** All clients are gone. */
  @Override
  public void close() {
    crowds.forEach(Crowd::close);
  }
}
