package dev.logaggregator.web;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.ErrorResponse;

/** What a caller would be told of an exception, for tests of who throws it. */
public final class Problems {

  private Problems() {}

  /** As the answer to {@code POST /publish}. */
  public static ErrorResponse of(Exception exception) {
    return ProblemOf.exception(exception, new MockHttpServletRequest("POST", "/publish"));
  }
}
