package dev.logaggregator.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** gzip (RFC 1952): one member, or several after each other, as concatenated files have. */
final class GzipInput extends InflatingInput {

  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA_FIELD = 4;
  private static final int FILE_NAME = 8;
  private static final int COMMENT = 16;

  private final CRC32 checksum = new CRC32();

  GzipInput(InputStream in) {
    super(in);
  }

  @Override
  void readHeader() throws IOException {
    if (nextByte() != 0x1f || nextByte() != 0x8b) {
      throw new ZipException("it doesn't start as gzip does, with 1f 8b");
    }
    if (nextByte() != 8) {
      throw new ZipException("its compression method is not deflate");
    }
    int flags = nextByte();
    skip(6); // time, extra flags, operating system
    if ((flags & EXTRA_FIELD) != 0) {
      skip(nextByte() | nextByte() << 8);
    }
    if ((flags & FILE_NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    checksum.reset();
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nextByte();
    }
  }

  private void skipText() throws IOException {
    while (nextByte() != 0) {
      // up to and including the NUL
    }
  }

  @Override
  void inflated(byte[] bytes, int offset, int length) {
    checksum.update(bytes, offset, length);
  }

  @Override
  void readTrailer(long inflatedBytes) throws IOException {
    if (nextInt() != (int) checksum.getValue() || nextInt() != (int) inflatedBytes) {
      throw new ZipException("its checksum is wrong");
    }
  }

  private int nextInt() throws IOException {
    return nextByte() | nextByte() << 8 | nextByte() << 16 | nextByte() << 24;
  }
}
