package dev.logaggregator.subscription.push;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are pushed.
 *
 * @param privateAddresses whether endpoints may have addresses of private networks and of this
 *     machine, which is where containers live; link-local ones are refused either way
 * @param maxConcurrent how many deliveries may be under way, beside one for each subscription
 * @param maxConcurrentPerSubscription how many to one endpoint that answers well
 * @param secretOverlap how long a secret that was replaced goes on signing
 * @param maxHops through how many pushes an event may have come before it is taken for one that
 *     goes round in a circle
 */
@Validated
@ConfigurationProperties("aggregator.push")
record PushSettings(
    @DefaultValue("true") boolean privateAddresses,
    @DefaultValue("256") @Positive int maxConcurrent,
    @DefaultValue("16") @Positive int maxConcurrentPerSubscription,
    @DefaultValue("24h") Duration secretOverlap,
    @DefaultValue("8") @Positive int maxHops) {}
