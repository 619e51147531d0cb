/**
 * The values of the log: events, topics, levels, cursors, and how an event lies in memory as bytes.
 * No Spring, no I/O; every other room builds on this one and it depends on none.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.event;
