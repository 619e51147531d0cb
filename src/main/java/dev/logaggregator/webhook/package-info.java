/**
 * Calling an endpoint of a stranger: the addresses that are allowed, signatures as Standard
 * Webhooks have them, the pace at which an endpoint is called. Knows nothing of what is sent, nor
 * why.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package dev.logaggregator.webhook;
