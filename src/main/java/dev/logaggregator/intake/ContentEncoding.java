package dev.logaggregator.intake;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.logaggregator.event.InvalidEventException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a body is compressed. */
enum ContentEncoding {
  IDENTITY,
  GZIP,
  DEFLATE,
  ZSTD;

  /** 8 MiB, as RFC 8878 recommends: larger windows take {@code --ultra} or {@code --long}. */
  private static final int ZSTD_MAX_WINDOW_LOG = 23;

  /** A buffer of the JDK's heap, and zstd's context with a block of input and one of output. */
  private static final long ZSTD_BYTES = 128 * 1024 + 160 * 1024;

  /** An inflater's state and window, and the buffer before it. */
  private static final long INFLATER_BYTES = 48 * 1024;

  /**
   * The encoding of that name.
   *
   * @throws IntakeException.UnknownEncoding when there is none, or when it names several
   */
  static ContentEncoding named(@Nullable String name) {
    if (name == null) {
      return IDENTITY;
    }
    String named = name.strip();
    return switch (named.toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "zstd" -> ZSTD;
      default -> throw new IntakeException.UnknownEncoding(InvalidEventException.quoted(named));
    };
  }

  /** The bytes as they were before compression; failures to decompress are IOExceptions. */
  InputStream decode(InputStream in) throws IOException {
    return switch (this) {
      case IDENTITY -> in;
      case GZIP -> new GzipInput(in);
      case DEFLATE -> new DeflateInput(in);
      case ZSTD -> new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_MAX_WINDOW_LOG);
    };
  }

  /**
   * Memory that decoding takes at most, that outside of the heap included, in bytes. A frame of
   * zstd may announce a window of megabytes; but memory that has not been written to takes none, so
   * that what was decoded so far is the measure.
   */
  long decoderBytes(long decodedBytes) {
    return switch (this) {
      case IDENTITY -> 0;
      case GZIP, DEFLATE -> INFLATER_BYTES;
      case ZSTD -> ZSTD_BYTES + Math.min(decodedBytes, 1L << ZSTD_MAX_WINDOW_LOG);
    };
  }
}
