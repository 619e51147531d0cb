package dev.logaggregator.intake;

/** What bytes are that are a payload. */
public enum PayloadKind {
  /** Any JSON value. */
  JSON,
  /** Text. */
  TEXT,
  /** JSON if they are a valid object or array, else text. */
  JSON_OR_TEXT
}
