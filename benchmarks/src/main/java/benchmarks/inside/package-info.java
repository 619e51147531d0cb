/**
 * Measures the inside with JMH, as far as it can be reached from outside its package; the rest is
 * in packages named as those of what they measure.
 */
package benchmarks.inside;
