package dev.logaggregator.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * What HTTP calls deflate: zlib (RFC 1950), says RFC 9110; bare deflated data (RFC 1951), say some
 * clients. Both are taken, as browsers do: the low half of zlib's first byte is 8, which no bare
 * data starts with that a compressor makes.
 */
final class DeflateInput extends InflatingInput {

  private boolean started;

  DeflateInput(InputStream in) {
    super(in);
  }

  @Override
  void readHeader() throws IOException {
    if (started) {
      throw new ZipException("there are bytes after its end");
    }
    started = true;
    if ((peekByte() & 0x0F) == 8) {
      expectZlib();
    }
  }

  @Override
  void inflated(byte[] bytes, int offset, int length) {
    // zlib's own checksum is checked by the inflater
  }

  @Override
  void readTrailer(long inflatedBytes) {
    // zlib's trailer is read by the inflater
  }
}
