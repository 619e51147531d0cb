package benchmarks.peer;

/** A server that is measured, on loopback. */
public interface Peer extends AutoCloseable {

  /** The port on loopback. */
  int port();

  /** What it runs in. */
  Child process();

  @Override
  default void close() {
    process().close();
  }
}
