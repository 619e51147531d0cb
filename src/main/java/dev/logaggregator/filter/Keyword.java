package dev.logaggregator.filter;

/** The words of the filter language, in any case. */
enum Keyword {
  AND,
  OR,
  NOT
}
