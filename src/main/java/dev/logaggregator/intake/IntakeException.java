package dev.logaggregator.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a body was not taken in, or not to its end; in words for whoever sent it. Carries no stack
 * trace: those words are everything there is to say.
 */
public abstract sealed class IntakeException extends RuntimeException {

  private IntakeException(String detail) {
    super(detail, null, false, false);
  }

  /** In words for whoever sent it. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** There is nothing in the body. */
  public static final class NoEvent extends IntakeException {
    NoEvent() {
      super("The body has no event: send at least one.");
    }
  }

  /** An id came with the request, and more than one event. */
  public static final class SeveralEvents extends IntakeException {
    SeveralEvents() {
      super(
          "id and Idempotency-Key name one event, but the request has more: give each an id of its"
              + " own, or leave them out.");
    }
  }

  /** The only event, or each of several, is invalid: nothing was stored. */
  public static final class NothingStored extends IntakeException {

    private final @Nullable String field;
    private final boolean tooLarge;

    NothingStored(@Nullable String field, String detail, boolean tooLarge) {
      super(detail);
      this.field = field;
      this.tooLarge = tooLarge;
    }

    /** The field at fault in the first of them; null when it is the event as a whole. */
    public @Nullable String field() {
      return field;
    }

    /** Whether all that is wrong with any of them is its size. */
    public boolean isTooLarge() {
      return tooLarge;
    }
  }

  /** The body is larger than one may be, or than is set aside. */
  public static final class BodyTooLarge extends IntakeException {
    BodyTooLarge(String detail) {
      super(detail);
    }
  }

  /** The body is one event, and larger than one may be. */
  public static final class EventTooLarge extends IntakeException {
    EventTooLarge(int maxBytes) {
      super(
          "An event may have at most %d bytes (aggregator.publish.max-event).".formatted(maxBytes));
    }
  }

  /** The body comes slower than allowed, or stopped coming. */
  public static final class BodyTooSlow extends IntakeException {
    BodyTooSlow(String detail) {
      super(detail);
    }
  }

  /** Reading the body failed: it is cut short, or not in the encoding that it claims. */
  public static final class UnreadableBody extends IntakeException {
    UnreadableBody(String detail) {
      super(detail);
    }
  }

  /** The body is in an encoding that isn't understood, or in several. */
  public static final class UnknownEncoding extends IntakeException {

    /** Those that are. */
    public static final List<String> KNOWN = List.of("gzip", "deflate", "zstd");

    UnknownEncoding(String named) {
      super(
          "Content-Encoding must be one of gzip, deflate and zstd, or none, and not several: "
              + named);
    }
  }

  /** The service is about to stop: what was stored is stored, the rest is to be sent again. */
  public static final class ShuttingDown extends IntakeException {
    ShuttingDown() {
      super("The service is shutting down; send the rest again.");
    }
  }
}
