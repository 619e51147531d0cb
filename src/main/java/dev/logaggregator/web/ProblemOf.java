package dev.logaggregator.web;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.intake.IntakeException;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.BodyTooLargeException;
import dev.logaggregator.request.PartlyDoneException;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.store.TooManyTopicsException;
import dev.logaggregator.subscription.NoSuchSubscriptionException;
import dev.logaggregator.subscription.PushedSubscriptionException;
import dev.logaggregator.subscription.TooManySubscriptionsException;
import dev.logaggregator.subscription.TooManyWaitingPullsException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.ConversionNotSupportedException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/** What a caller is told of an exception. */
final class ProblemOf {

  static final String TYPES = "urn:problem:pubsub-log-aggregator:";

  /** Topics go with their last event and their last remembered id: unless deleted, not at once. */
  private static final String TOPICS_RETRY_AFTER_SECONDS = "60";

  /** A store that starts or stops does so in seconds. */
  static final String STORE_RETRY_AFTER_SECONDS = "5";

  /** Requests and slow readers come and go. */
  private static final String MEMORY_RETRY_AFTER_SECONDS = "1";

  /** Pulls that wait come and go. */
  private static final String WAITING_RETRY_AFTER_SECONDS = "1";

  private ProblemOf() {}

  /** Null when there is nobody left to tell. */
  static @Nullable ErrorResponse exception(Exception exception, HttpServletRequest request) {
    return switch (exception) {
      case InvalidEventException e -> invalid(e);
      case TooManyTopicsException e -> tooManyTopics(e);
      case StoreUnavailableException e -> unavailable(e);
      case MemoryExhaustedException e -> exhausted(e);
      case IntakeException e -> ProblemOfIntake.exception(e);
      case PartlyDoneException e -> partlyDone(e, request);
      case BodyTooLargeException e -> plain(e, HttpStatus.CONTENT_TOO_LARGE).build();
      case NoSuchSubscriptionException e -> plain(e, HttpStatus.NOT_FOUND).build();
      case PushedSubscriptionException e -> plain(e, HttpStatus.CONFLICT).build();
      case TooManySubscriptionsException e -> plain(e, HttpStatus.TOO_MANY_REQUESTS).build();
      case TooManyWaitingPullsException e ->
          plain(e, HttpStatus.SERVICE_UNAVAILABLE)
              .header(HttpHeaders.RETRY_AFTER, WAITING_RETRY_AFTER_SECONDS)
              .build();
      case NoResourceFoundException e -> nothingHere(e, request);
      case HttpRequestMethodNotSupportedException e -> method(e, request);
      case HttpMediaTypeNotSupportedException e ->
          detailed(e, "Send " + oneOf(e.getSupportedMediaTypes()) + ".");
      case HttpMediaTypeNotAcceptableException e ->
          detailed(e, "Accept " + oneOf(e.getSupportedMediaTypes()) + ".");
      case ErrorResponse e -> e;
      case InvalidParameterException e ->
          ErrorResponse.create(
              e,
              HttpStatus.BAD_REQUEST,
              "The query can't be read: percent-encode everything in it but letters, digits and"
                  + " -._~ as UTF-8, and send fewer parameters if there are hundreds.");
      case ConversionNotSupportedException e -> failed(e, 500);
      case TypeMismatchException e -> invalid(mismatch(e));
      case HttpMessageNotReadableException e ->
          ErrorResponse.create(
              e, HttpStatus.BAD_REQUEST, "The body is not the JSON that this route takes.");
      default -> isOfConnection(exception) ? brokenOff(exception) : failed(exception, 500);
    };
  }

  /** The answer of the reason, without a word on what to do where nothing was stored. */
  private static @Nullable ErrorResponse partlyDone(
      PartlyDoneException partly, HttpServletRequest request) {
    ErrorResponse problem = exception(partly.reason(), request);
    if (problem != null) {
      partly.members().forEach(problem.getBody()::setProperty);
      if (partly.reason() instanceof TooManyTopicsException
          || partly.reason() instanceof StoreUnavailableException) {
        problem.getBody().setDetail(partly.getMessage());
      }
    }
    return problem;
  }

  /** Of an exception that says it all. */
  private static ErrorResponse.Builder plain(Exception exception, HttpStatus status) {
    return ErrorResponse.builder(exception, status, String.valueOf(exception.getMessage()));
  }

  private static ErrorResponse failed(Exception exception, int status) {
    return new ErrorResponseException(
        HttpStatus.valueOf(status), ProblemDetail.forStatus(status), exception);
  }

  private static ErrorResponse invalid(InvalidEventException e) {
    String field = e.field();
    ErrorResponse.Builder problem =
        ErrorResponse.builder(
                e, HttpStatus.BAD_REQUEST, field == null ? e.reason() : field + " " + e.reason())
            .type(URI.create(TYPES + "invalid-input"))
            .title(field == null ? "Invalid request" : "Invalid " + field);
    return field == null ? problem.build() : problem.property("field", field).build();
  }

  private static InvalidEventException mismatch(TypeMismatchException e) {
    Class<?> required = e.getRequiredType();
    return new InvalidEventException(
        e.getPropertyName(),
        required == null ? "has the wrong type" : "must be a " + required.getSimpleName());
  }

  private static ErrorResponse tooManyTopics(TooManyTopicsException e) {
    return ErrorResponse.builder(
            e,
            HttpStatus.TOO_MANY_REQUESTS,
            e.getMessage() + "; publish to one of them, delete one, or raise that setting")
        .type(URI.create(TYPES + "too-many-topics"))
        .title("Too many topics")
        .header(HttpHeaders.RETRY_AFTER, TOPICS_RETRY_AFTER_SECONDS)
        .build();
  }

  private static ErrorResponse unavailable(StoreUnavailableException e) {
    return ErrorResponse.builder(
            e,
            HttpStatus.SERVICE_UNAVAILABLE,
            e.getMessage() + "; nothing was stored, try again later")
        .type(URI.create(TYPES + "not-accepting"))
        .title("The log takes no events now")
        .header(HttpHeaders.RETRY_AFTER, STORE_RETRY_AFTER_SECONDS)
        .build();
  }

  /** Who sends too much at a time may send less; who asks for too much can only come back. */
  private static ErrorResponse exhausted(MemoryExhaustedException e) {
    boolean sent = e.use() == Use.BODIES || e.use() == Use.DELIVERIES;
    if (sent && e.isPermanent()) {
      return ErrorResponse.builder(
              e,
              HttpStatus.CONTENT_TOO_LARGE,
              e.getMessage()
                  + "; send it in smaller parts, or as NDJSON, which is taken in as it arrives")
          .type(URI.create(TYPES + "request-too-large"))
          .title("Request too large")
          .build();
    }
    return ErrorResponse.builder(
            e,
            sent ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE,
            e.getMessage() + "; try again in a moment")
        .type(URI.create(TYPES + "too-busy"))
        .title("Too much at once")
        .header(HttpHeaders.RETRY_AFTER, MEMORY_RETRY_AFTER_SECONDS)
        .build();
  }

  private static ErrorResponse method(
      HttpRequestMethodNotSupportedException e, HttpServletRequest request) {
    // Static files answer to every path, so that they would claim to know this one.
    if ("/**".equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))) {
      return nothingHere(e, request);
    }
    String[] supported = e.getSupportedMethods();
    return supported == null
        ? e
        : detailed(e, "Use " + String.join(" or ", supported) + ", not " + e.getMethod() + ".");
  }

  private static ErrorResponse nothingHere(Exception e, HttpServletRequest request) {
    return ErrorResponse.create(
        e,
        HttpStatus.NOT_FOUND,
        "There is nothing at "
            + request.getMethod()
            + " "
            + request.getRequestURI()
            + "; GET /v3/api-docs lists what there is.");
  }

  private static ErrorResponse detailed(ErrorResponse response, String detail) {
    response.getBody().setDetail(detail);
    return response;
  }

  private static String oneOf(List<MediaType> types) {
    return types.isEmpty()
        ? "another content type; GET /v3/api-docs lists them"
        : types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
  }

  /** Whether a read or a write failed, whatever became of the exception on its way here. */
  private static boolean isOfConnection(Exception exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return DisconnectedClientHelper.isClientDisconnectedException(exception);
  }

  /** The body couldn't be read to its end, or the answer not be written. */
  private static @Nullable ErrorResponse brokenOff(Exception exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedChannelException) {
        return null;
      }
      if (cause instanceof SocketTimeoutException) {
        return ErrorResponse.create(
            exception,
            HttpStatus.REQUEST_TIMEOUT,
            "The body didn't arrive in time; send it without pauses.");
      }
      if (cause instanceof BadRequestException && !(cause instanceof ClientAbortException)) {
        return ErrorResponse.create(
            exception,
            HttpStatus.BAD_REQUEST,
            "The body is not framed as its headers say; check the size of its chunks.");
      }
    }
    return DisconnectedClientHelper.isClientDisconnectedException(exception)
        ? null
        : failed(exception, 500);
  }
}
