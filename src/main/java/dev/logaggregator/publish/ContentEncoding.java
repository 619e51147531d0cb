package dev.logaggregator.publish;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.logaggregator.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** How a body is compressed. */
enum ContentEncoding {
  IDENTITY,
  GZIP,
  DEFLATE,
  ZSTD;

  /** Names of all that can be sent. */
  private static final List<String> NAMES = List.of("gzip", "deflate", "zstd");

  /** 8 MiB, as RFC 8878 recommends: larger windows take {@code --ultra} or {@code --long}. */
  private static final int ZSTD_MAX_WINDOW_LOG = 23;

  /**
   * The encoding that a request names.
   *
   * @throws Refusal when it names several, or one that isn't understood
   */
  static ContentEncoding of(HttpServletRequest request) {
    String name = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (name == null) {
      return IDENTITY;
    }
    List<String> all = Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING));
    String named = String.join(", ", all).strip();
    return switch (named.toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "zstd" -> ZSTD;
      default ->
          throw Refusal.unsupportedEncoding(
              "Content-Encoding must be one of gzip, deflate and zstd, or none, and not several: "
                  + QueryParameters.quoted(named),
              NAMES);
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

  /** Memory that decoding takes at most, in bytes, in proportion to what was decoded so far. */
  long decoderBytes(long decodedBytes) {
    return this == ZSTD ? Math.min(decodedBytes, 1L << ZSTD_MAX_WINDOW_LOG) : 0;
  }
}
