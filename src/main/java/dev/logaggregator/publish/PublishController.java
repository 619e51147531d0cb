package dev.logaggregator.publish;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonBuffer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
  private final PublishSettings settings;
  private final BodyMemory memory;

  PublishController(Intake intake, PublishSettings settings) {
    this.intake = intake;
    this.settings = settings;
    this.memory = new BodyMemory(settings.maxBufferedBytes());
  }

  @RequestMapping("/publish")
  void publish(HttpServletRequest request, HttpServletResponse response) throws IOException {
    BodyFormat format = BodyFormat.ofEnvelopes(request.getContentType());
    PublishParameters parameters = PublishParameters.ofEnvelopes(request);
    try (RequestBody body = RequestBody.open(request, settings, memory)) {
      answer(intake.takeEnvelopes(body, format, parameters), response);
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
    try (RequestBody body = RequestBody.open(request, settings, memory)) {
      answer(intake.takePayloads(body, format, named, parameters), response);
    }
  }

  private static void answer(Publication publication, HttpServletResponse response)
      throws IOException {
    HttpStatus status = publication.isPartial() ? HttpStatus.MULTI_STATUS : HttpStatus.OK;
    JsonBuffer receipt = publication.answer();
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(receipt.length());
    receipt.writeTo(response.getOutputStream());
  }
}
