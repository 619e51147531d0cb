package dev.logaggregator.web;

/** What a caller can do about a status that comes without an explanation. */
final class StatusAdvice {

  private StatusAdvice() {}

  static String of(int status) {
    return switch (status) {
      case 400 ->
          "This is not a valid HTTP/1.1 request. Send one Host header, no transfer coding but"
              + " chunked, and percent-encode everything in the path and the query but letters,"
              + " digits and -._~; a slash within a path segment can't be sent at all.";
      case 404 -> "There is nothing here; GET /v3/api-docs lists what there is.";
      case 405 -> "Use one of the methods in the Allow header.";
      case 406 -> "Accept one of the content types that GET /v3/api-docs lists for this route.";
      case 408 -> "Send the request without pauses.";
      case 413 -> "Send less at once, in several requests.";
      case 414 -> "Shorten the path and the query.";
      case 415 -> "Send one of the content types that GET /v3/api-docs lists for this route.";
      case 417 -> "Send no Expect header, or Expect: 100-continue.";
      case 431 -> "Send fewer or shorter headers, and a shorter query.";
      case 503 -> "The service is starting, stopping or overloaded; try again later.";
      default ->
          status < 500
              ? "GET /v3/api-docs describes every request that this service understands."
              : "That is a bug of the service, not of the request; its log says more.";
    };
  }
}
