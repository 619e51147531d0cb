/**
 * Events in, without HTTP: bytes from whomever are decoded where they lie and become batches for
 * the {@link dev.logaggregator.store.EventStore}; what became of them is a value.
 *
 * <p>A protocol opens a {@link dev.logaggregator.intake.Body} and has its lines or documents taken
 * by the {@link dev.logaggregator.intake.Intake}; or it begins a {@link
 * dev.logaggregator.intake.Publication} and fills one draft after the other itself. Either way it
 * gets an {@link dev.logaggregator.intake.Outcome}, to be told in its own words.
 */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"event", "json", "memory", "store", "worker"})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.intake;
