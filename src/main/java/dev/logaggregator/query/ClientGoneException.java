package dev.logaggregator.query;

import java.io.IOException;

/** The client has closed its connection, so that there is nobody to answer or to tell. */
final class ClientGoneException extends IOException {

  ClientGoneException(IOException cause) {
    super("the client has gone", cause);
  }
}
