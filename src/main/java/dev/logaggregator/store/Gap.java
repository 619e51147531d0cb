package dev.logaggregator.store;

import dev.logaggregator.event.Cursor;

/**
 * History that a reader asked for and that is gone: everything after {@code from}, up to and
 * including {@code to}. Reading goes on after {@code to}.
 */
public record Gap(Cursor from, Cursor to) {}
