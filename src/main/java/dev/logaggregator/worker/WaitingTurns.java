package dev.logaggregator.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Who waits for a turn, in the order in which they get it: clients in turns, one each, however many
 * wait in the name of one; of a client, those that begin before those that go on, but for every
 * {@value #MOST_BEGINNINGS} of them. Not thread-safe.
 */
final class WaitingTurns<T> {

  /** So many of a client begin before one of its own goes on. */
  static final int MOST_BEGINNINGS = 4;

  /** What a turn is for. */
  enum Kind {
    /** Something that hasn't had a turn yet, and mostly needs no second one. */
    BEGINS,
    /** Something that wasn't done at the end of its turn. */
    GOES_ON
  }

  private static final class Client<T> {

    private final String name;
    private final Deque<T> beginning = new ArrayDeque<>();
    private final Deque<T> goingOn = new ArrayDeque<>();
    private int begun;

    Client(String name) {
      this.name = name;
    }

    void add(Kind kind, T next) {
      (kind == Kind.BEGINS ? beginning : goingOn).add(next);
    }

    boolean hasNone() {
      return beginning.isEmpty() && goingOn.isEmpty();
    }

    T next() {
      if (goingOn.isEmpty() || !beginning.isEmpty() && begun < MOST_BEGINNINGS) {
        begun++;
        return beginning.remove();
      }
      begun = 0;
      return goingOn.remove();
    }
  }

  private final Map<String, Client<T>> clients = new HashMap<>();
  private final Deque<Client<T>> order = new ArrayDeque<>();

  boolean isEmpty() {
    return order.isEmpty();
  }

  /** Has one wait in the name of a client. */
  void add(String name, Kind kind, T next) {
    Client<T> client = clients.get(name);
    if (client == null) {
      client = new Client<>(name);
      clients.put(name, client);
      order.add(client);
    }
    client.add(kind, next);
  }

  /** Whose turn it is; waits no more. There must be one. */
  T next() {
    Client<T> client = order.remove();
    T next = client.next();
    if (client.hasNone()) {
      clients.remove(client.name);
    } else {
      order.add(client);
    }
    return next;
  }
}
