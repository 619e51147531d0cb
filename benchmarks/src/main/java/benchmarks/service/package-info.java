/** What the benchmarks add to the service that they measure, in its own process. */
package benchmarks.service;
