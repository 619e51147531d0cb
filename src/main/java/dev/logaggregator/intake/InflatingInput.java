package dev.logaggregator.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Deflated data in some wrapping. Unlike the JDK's streams it gives out what there is before it
 * waits for more, takes no garbage after the end for the end, and has no recursion that a body of
 * many empty parts could drive deep.
 */
abstract class InflatingInput extends InputStream {

  private static final int BUFFER_BYTES = 8 * 1024;

  private final InputStream in;
  private final byte[] input = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private Inflater inflater = new Inflater(true);
  private boolean inside;

  InflatingInput(InputStream in) {
    this.in = in;
  }

  /** Reads what comes before the deflated data, of which there is at least one byte. */
  abstract void readHeader() throws IOException;

  /** Takes note of data that was inflated. */
  abstract void inflated(byte[] bytes, int offset, int length);

  /** Reads what comes after the deflated data, of which so many bytes were inflated. */
  abstract void readTrailer(long inflatedBytes) throws IOException;

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (true) {
      if (!inside) {
        if (atEnd()) {
          return -1;
        }
        readHeader();
        inflater.reset();
        inside = true;
      }
      int count = inflate(target, offset, length);
      if (count > 0) {
        inflated(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        readTrailer(inflater.getBytesWritten());
        inside = false;
      } else {
        fill();
      }
    }
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    inflater.setInput(input, position, limit - position);
    try {
      int count = inflater.inflate(target, offset, length);
      position = limit - inflater.getRemaining();
      if (inflater.needsDictionary()) {
        throw new ZipException("it needs a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage());
    }
  }

  /** Whether nothing follows; waits for the first byte of whatever does. */
  final boolean atEnd() throws IOException {
    if (position < limit) {
      return false;
    }
    position = 0;
    limit = Math.max(0, in.read(input, 0, input.length));
    return limit == 0;
  }

  private void fill() throws IOException {
    if (atEnd()) {
      throw new EOFException("it is cut short");
    }
  }

  /** The next byte of a header or a trailer. */
  final int nextByte() throws IOException {
    fill();
    return input[position++] & 0xFF;
  }

  /** The next byte, which stays the next one. */
  final int peekByte() throws IOException {
    fill();
    return input[position] & 0xFF;
  }

  /** Takes a zlib stream from here on rather than a bare deflated one. */
  final void expectZlib() {
    inflater.end();
    inflater = new Inflater(false);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
