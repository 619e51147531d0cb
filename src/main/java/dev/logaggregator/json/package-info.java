/**
 * JSON as bytes: where its values begin and end, escapes, numbers, UTF-8, and how it is written.
 * Each grammar stands here once; nothing here makes a tree.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.json;
