package dev.logaggregator.hostile;

/** What a client does with its connection. */
enum Manner {
  /** Sends its request and never reads the answer. */
  NEVER_READS,
  /** Sends its request and reads a byte of the answer each second. */
  READS_A_BYTE_A_SECOND,
  /** Sends its request, takes the connection down, and comes again a second later. */
  VANISHES,
  /** Sends half of its body, takes the connection down, and comes again a second later. */
  VANISHES_HALFWAY,
  /** Connects and sends nothing. */
  IS_SILENT,
  /** Sends the head of its request and nothing of the body. */
  SENDS_THE_HEAD,
  /** Sends its request a byte a second from the first byte on. */
  SENDS_A_BYTE_A_SECOND,
  /** Sends the head of its request, then the body a byte a second. */
  SENDS_THE_BODY_A_BYTE_A_SECOND,
  /** Sends its request, reads the answer, and comes again: too often, not too slowly. */
  READS
}
