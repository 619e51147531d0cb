/**
 * The page at {@code /}: static files that use nothing but the public HTTP API, in {@code
 * src/main/resources/static}. Here is only what brings the library for charts from its own jar.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.logaggregator.dashboard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
