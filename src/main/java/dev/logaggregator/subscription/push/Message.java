package dev.logaggregator.subscription.push;

import dev.logaggregator.subscription.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What is to be pushed.
 *
 * @param body the event; empty if it can't be pushed
 * @param hops through how many pushes the event has come
 * @param refusal why it can't ever be pushed; null if it can
 */
record Message(Delivery delivery, byte[] body, int hops, @Nullable String refusal) {}
