package dev.logaggregator.publish;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Topic;
import dev.logaggregator.intake.Body;
import dev.logaggregator.intake.Intake;
import dev.logaggregator.intake.Outcome;
import dev.logaggregator.json.JsonBuffer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /publish} and {@code /publish/{topic}}, and {@code PUT}, which is what {@code curl
 * -T} sends. Reads and writes bytes itself: this is the path that must be fast.
 */
@RestController
@RequestMapping(method = {RequestMethod.POST, RequestMethod.PUT})
class PublishController {

  private final Intake intake;

  PublishController(Intake intake) {
    this.intake = intake;
  }

  @RequestMapping("/publish")
  void publish(HttpServletRequest request, HttpServletResponse response) throws IOException {
    BodyFormat format = BodyFormat.ofEnvelopes(request.getContentType());
    PublishParameters parameters = PublishParameters.ofEnvelopes(request);
    try (Body body = open(request)) {
      Outcome outcome =
          format == BodyFormat.JSON_LINES
              ? intake.takeEnvelopeLines(body, parameters.preset())
              : intake.takeEnvelopes(body, parameters.preset());
      answer(outcome, response);
    }
  }

  @RequestMapping("/publish/{topic}")
  void publish(@PathVariable String topic, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getRequestURI().indexOf(';') >= 0) {
      throw new InvalidEventException("topic", "must not be followed by ';'");
    }
    Topic named = Topic.publishable(topic);
    BodyFormat format = BodyFormat.ofPayloads(request.getContentType());
    PublishParameters parameters = PublishParameters.ofTopic(request);
    boolean lines = parameters.areLines(format);
    try (Body body = open(request)) {
      Outcome outcome =
          lines
              ? intake.takePayloadLines(body, format.payload(), named, parameters.preset())
              : intake.takePayload(body, format.payload(), named, parameters.preset());
      answer(outcome, response);
    }
  }

  private Body open(HttpServletRequest request) throws IOException {
    return intake.open(
        request.getInputStream(),
        encoding(request),
        request.getContentLengthLong(),
        request.getRemoteAddr());
  }

  private static @Nullable String encoding(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.CONTENT_ENCODING) == null
        ? null
        : String.join(", ", Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)));
  }

  private static void answer(Outcome outcome, HttpServletResponse response) throws IOException {
    JsonBuffer receipt = ReceiptJson.of(outcome);
    response.setStatus((outcome.isPartial() ? HttpStatus.MULTI_STATUS : HttpStatus.OK).value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(receipt.length());
    receipt.writeTo(response.getOutputStream());
  }
}
