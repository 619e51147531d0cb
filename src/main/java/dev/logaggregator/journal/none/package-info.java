/** No journal: the order is that in which publishers get their turn, and lasts as the process. */
@org.jspecify.annotations.NullMarked
package dev.logaggregator.journal.none;
