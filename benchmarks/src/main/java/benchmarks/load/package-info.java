/** Measures the whole from outside, over loopback, beside its peers. */
package benchmarks.load;
