/** The events that all are measured with. */
package benchmarks.events;
