package dev.logaggregator.web;

import jakarta.validation.constraints.Pattern;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which web pages may use the service.
 *
 * @param allowedHosts names, without port, under which the service may be addressed besides those
 *     that {@link TrustedHosts} has: where it has a name of its own, that name
 * @param allowedOrigins origins of other sites whose pages may use the service (CORS), as {@code
 *     https://dashboard.example}
 */
@Validated
@ConfigurationProperties("aggregator.web")
record WebSettings(
    @DefaultValue
        Set<
                @Pattern(
                    regexp = "[A-Za-z0-9_.-]+",
                    message = "must be a host name, without scheme and port")
                String>
            allowedHosts,
    @DefaultValue
        Set<
                @Pattern(
                    regexp = "https?://[^/*?#@\\s]+",
                    message = "must be an origin such as https://dashboard.example, without a path")
                String>
            allowedOrigins) {}
