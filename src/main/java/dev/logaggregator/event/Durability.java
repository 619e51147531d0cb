package dev.logaggregator.event;

import java.util.Locale;

/** What an acknowledged event survives, weakest first; said in every receipt. */
public enum Durability {
  /** Gone with the process. */
  MEMORY,
  /** Survives the process, not the machine. */
  OS,
  /** Survives the loss of power. */
  FSYNC,
  /** Survives the loss of a node. */
  REPLICATED;

  /** As it is written in answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
