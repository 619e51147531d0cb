/**
 * The values of the log: events, topics, levels, cursors, and how an event lies in memory as bytes.
 * No Spring, no I/O; nearly every other room builds on this one.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"json"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.event;
