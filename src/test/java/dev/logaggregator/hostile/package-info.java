/**
 * Clients that mean harm, or are clumsy enough to do it, against a process with a small heap; and
 * an honest publisher beside them, which must not notice.
 */
package dev.logaggregator.hostile;
