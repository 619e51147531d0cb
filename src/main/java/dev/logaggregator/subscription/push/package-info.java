/**
 * Push: delivers the events of subscriptions that have an endpoint, as Standard Webhooks say it.
 */
@org.jspecify.annotations.NullMarked
package dev.logaggregator.subscription.push;
