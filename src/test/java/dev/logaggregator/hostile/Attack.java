package dev.logaggregator.hostile;

/** Does harm; what it sends off in the background goes on until the trial ends it. */
@FunctionalInterface
interface Attack {

  /** For attacks that need nothing to be there. */
  Attack NOTHING = onslaught -> {};

  void on(Onslaught onslaught) throws Exception;
}
