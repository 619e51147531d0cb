package dev.logaggregator.request;

/** A body is larger than what its route takes. */
public final class BodyTooLargeException extends RuntimeException {

  BodyTooLargeException(int mostBytes) {
    super("The body may have %d MiB; send several smaller ones.".formatted(mostBytes >> 20));
  }
}
