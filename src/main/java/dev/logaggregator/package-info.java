/// Takes in, deduplicates, keeps, finds and delivers log events over HTTP. Each package below is a
/// room: one capability, whose `package-info` says what it may depend on.
@NullMarked
package dev.logaggregator;

import org.jspecify.annotations.NullMarked;
