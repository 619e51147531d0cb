/**
 * Programs that are started, measured and ended: the service itself, and those it is compared with.
 */
package benchmarks.peer;
