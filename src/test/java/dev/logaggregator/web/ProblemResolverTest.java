package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.memory.Use;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.store.TooManyTopicsException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ProblemResolverTest {

  private final JsonMapper json = JsonMapper.shared();
  private final ProblemResolver resolver = new ProblemResolver(new ProblemWriter(json));
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/events");
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void invalidInputIsA400ThatNamesTheField() throws Exception {
    JsonNode problem = answerTo(new InvalidEventException("limit", "must be at least 1"));

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(problem.path("title").stringValue()).isEqualTo("Invalid limit");
    assertThat(problem.path("detail").stringValue()).isEqualTo("limit must be at least 1");
    assertThat(problem.path("field").stringValue()).isEqualTo("limit");
    assertThat(problem.path("instance").stringValue()).isEqualTo("/events");
  }

  @Test
  void invalidInputAsAWholeNamesNoField() throws Exception {
    JsonNode problem = answerTo(new InvalidEventException(null, "the body is empty"));

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(problem.path("detail").stringValue()).isEqualTo("the body is empty");
    assertThat(problem.has("field")).isFalse();
  }

  @Test
  void aTopicTooManyIsA429ThatSaysWhenToTryAgain() throws Exception {
    JsonNode problem = answerTo(TooManyTopicsException.asManyAsAllowed(7));

    assertThat(response.getStatus()).isEqualTo(429);
    assertThat(response.getHeader("Retry-After")).isEqualTo("60");
    assertThat(problem.path("detail").stringValue()).contains("7 topics", "aggregator.topics.max");
  }

  @Test
  void aLogThatTakesNothingIsA503ThatSaysWhyAndIsNotLogged(CapturedOutput output) throws Exception {
    JsonNode problem =
        answerTo(new StoreUnavailableException("the journal failed: disk full", null));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeader("Retry-After")).isEqualTo("5");
    assertThat(problem.path("detail").stringValue()).contains("disk full");
    assertThat(output).doesNotContain("failed");
  }

  @Test
  void aStatusOfAnotherRoomKeepsItsWordsAndHeaders() throws Exception {
    ProblemDetail detail = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "evicted");
    detail.setTitle("Gone");
    ErrorResponseException exception =
        new ErrorResponseException(HttpStatus.NOT_FOUND, detail, null);
    exception.getHeaders().set("Retry-After", "9");

    JsonNode problem = answerTo(exception);

    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(response.getHeader("Retry-After")).isEqualTo("9");
    assertThat(problem.path("title").stringValue()).isEqualTo("Gone");
    assertThat(problem.path("detail").stringValue()).isEqualTo("evicted");
    assertThat(problem.path("type").stringValue()).isEqualTo("about:blank");
  }

  @Test
  void anUnknownContentTypeIsA415ThatNamesTheKnownOnes() throws Exception {
    JsonNode problem =
        answerTo(
            new HttpMediaTypeNotSupportedException(
                MediaType.IMAGE_PNG, List.of(MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN)));

    assertThat(response.getStatus()).isEqualTo(415);
    assertThat(problem.path("detail").stringValue())
        .isEqualTo("Send application/json or text/plain.");
  }

  @Test
  void aBrokenQueryIsA400() throws Exception {
    JsonNode problem = answerTo(new InvalidParameterException("bad encoding"));

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(problem.path("detail").stringValue()).contains("The query", "percent-encode");
  }

  @Test
  void aBodyThatStopsArrivingIsA408() throws Exception {
    answerTo(new IOException(new SocketTimeoutException()));

    assertThat(response.getStatus()).isEqualTo(408);
  }

  @Test
  void aBodyWithBrokenChunksIsA400() throws Exception {
    answerTo(new IOException(new BadRequestException("chunk")));

    assertThat(response.getStatus()).isEqualTo(400);
  }

  @Test
  void whatNobodyForesawIsA500ThatIsLoggedAndTellsNothing(CapturedOutput output) throws Exception {
    JsonNode problem = answerTo(new IllegalStateException("secret of the inside"));

    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(problem.toString()).doesNotContain("secret", "Exception", "dev.logaggregator");
    assertThat(output).contains("GET /events failed", "secret of the inside");
  }

  @Test
  void aClientThatWentAwayIsNoError(CapturedOutput output) throws Exception {
    for (Exception gone :
        List.of(
            new EOFException(),
            new IOException("Broken pipe"),
            new ClientAbortException(new ClosedChannelException()),
            new IOException(new ClosedChannelException()),
            new UncheckedIOException(new IOException("Broken pipe")),
            new HttpMessageNotWritableException("cut off", new ClosedChannelException()),
            new AsyncRequestNotUsableException("gone", new IOException("Broken pipe")))) {
      assertThat(resolver.resolveException(request, response, null, gone)).isNotNull();
    }

    assertThat(response.getContentAsByteArray()).isEmpty();
    assertThat(output).doesNotContain("ERROR", "WARN");
  }

  @Test
  void anAnswerThatHasBegunIsLeftToTomcatWhichBreaksItOff() {
    response.setCommitted(true);

    assertThat(
            resolver.resolveException(request, response, null, new IllegalStateException("late")))
        .isNull();
  }

  @Test
  void aFaultOfTheClientThatCannotBeToldAnyMoreIsNotLogged(CapturedOutput output) {
    response.setCommitted(true);

    assertThat(
            resolver.resolveException(
                request, response, null, new InvalidEventException(null, "cut short")))
        .isNotNull();
    assertThat(output).doesNotContain("ERROR", "WARN");
  }

  @Test
  void anAnswerThatIsNotTakenOrFindsNoMemoryIsBrokenOffAndIsNoError(CapturedOutput output) {
    response.setCommitted(true);
    MemoryExhaustedException exhausted =
        catchThrowableOfType(
            MemoryExhaustedException.class,
            () -> new MemoryAccount(1).claim(Use.ANSWERS, "client").atLeast(2));

    for (Exception exception :
        List.of(
            exhausted, new HttpMessageNotWritableException("late", new SocketTimeoutException()))) {
      assertThat(resolver.resolveException(request, response, null, exception)).isNotNull();
    }
    assertThat(output).doesNotContain("ERROR", "WARN");
  }

  private JsonNode answerTo(Exception exception) throws Exception {
    assertThat(resolver.resolveException(request, response, null, exception)).isNotNull();
    assertThat(response.getContentType()).isEqualTo("application/problem+json");
    return json.readTree(response.getContentAsByteArray());
  }
}
