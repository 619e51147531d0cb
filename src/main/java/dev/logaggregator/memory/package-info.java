/**
 * The one account of the memory that strangers make the process hold: whoever keeps a buffer, a
 * table or a copy for a client claims its bytes here first.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.memory;
