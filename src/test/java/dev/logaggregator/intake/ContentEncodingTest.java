package dev.logaggregator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies are decompressed as they were compressed, and what is broken is said to be. */
public class ContentEncodingTest {

  /** How a body may be compressed. */
  public enum Compression {
    GZIP("gzip") {
      @Override
      OutputStream compress(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, true);
      }
    },
    ZLIB("deflate") {
      @Override
      OutputStream compress(OutputStream out) {
        return new DeflaterOutputStream(out, true);
      }
    },
    BARE_DEFLATE("deflate") {
      @Override
      OutputStream compress(OutputStream out) {
        return new DeflaterOutputStream(out, new Deflater(6, true), true);
      }
    },
    ZSTD("zstd") {
      @Override
      OutputStream compress(OutputStream out) throws IOException {
        return new ZstdOutputStream(out);
      }
    };

    private final String encoding;

    Compression(String encoding) {
      this.encoding = encoding;
    }

    public String encoding() {
      return encoding;
    }

    abstract OutputStream compress(OutputStream out) throws IOException;

    public byte[] of(byte[] bytes) {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (OutputStream out = compress(compressed)) {
        out.write(bytes);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return compressed.toByteArray();
    }
  }

  private static final IntakeSettings SETTINGS = Bodies.settings(1 << 20, 4 << 20);

  private static byte[] read(String encoding, byte[] body) {
    return read(encoding, new ByteArrayInputStream(body));
  }

  private static byte[] read(String encoding, InputStream in) {
    try (Body body = Bodies.body(SETTINGS, encoding, in)) {
      return body.readAll(4 << 20);
    }
  }

  private static byte[] text(int length) {
    byte[] text = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(16));
    }
    return text;
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasCompressed(Compression compression) {
    for (int length : new int[] {0, 1, 100, 8192, 100_000, 3_000_000}) {
      byte[] text = text(length);
      assertThat(read(compression.encoding, compression.of(text))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesSoByteByByte(Compression compression) {
    byte[] text = text(20_000);
    assertThat(read(compression.encoding, Bodies.trickling(compression.of(text)))).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource
  void saysThatABodyIsCutShortWhereverItIs(Compression compression) {
    byte[] compressed = compression.of(text(500));
    for (int length = 0; length < compressed.length; length++) {
      byte[] cut = Arrays.copyOf(compressed, length);
      if (length == 0) {
        assertThat(read(compression.encoding, cut)).isEmpty();
      } else {
        assertUnreadable(compression.encoding, cut, "cut to " + length);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysThatThereIsSomethingAfterTheEnd(Compression compression) {
    byte[] compressed = compression.of(text(500));
    for (int extra : new int[] {1, 17, 40, 20_000}) {
      byte[] longer = Arrays.copyOf(compressed, compressed.length + extra);
      Arrays.fill(longer, compressed.length, longer.length, (byte) 'x');
      assertUnreadable(compression.encoding, longer, extra + " more");
    }
  }

  /** Those with a checksum notice every change, others may give another text or an error. */
  @ParameterizedTest
  @EnumSource
  void neverFailsInAnotherWay(Compression compression) {
    byte[] text = text(300);
    byte[] compressed = compression.of(text);
    for (int i = 0; i < compressed.length * 8; i++) {
      byte[] flipped = compressed.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      try {
        byte[] read = read(compression.encoding, flipped);
        if (compression == Compression.GZIP) {
          assertThat(read).as("bit %d", i).isEqualTo(text);
        }
      } catch (IntakeException refused) {
        assertThat(refused)
            .as("bit %d", i)
            .isInstanceOfAny(
                IntakeException.UnreadableBody.class, IntakeException.BodyTooLarge.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "zstd"})
  void saysThatABodyIsNotCompressed(String encoding) {
    assertUnreadable(
        encoding, "{\"topic\":\"a\"}".getBytes(StandardCharsets.US_ASCII), "plain JSON");
  }

  private static void assertUnreadable(String encoding, byte[] body, String what) {
    assertThatThrownBy(() -> read(encoding, body))
        .as("%s: %s", encoding, what)
        .isInstanceOf(IntakeException.UnreadableBody.class)
        .hasMessageContaining(encoding);
  }

  @Test
  void readsSeveralMembersOfGzipAfterEachOther() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(Compression.GZIP.of("a\n".getBytes(StandardCharsets.US_ASCII)));
    members.write(Compression.GZIP.of(new byte[0]));
    members.write(Compression.GZIP.of("b\n".getBytes(StandardCharsets.US_ASCII)));
    assertThat(read("gzip", members.toByteArray())).asString().isEqualTo("a\nb\n");
    assertThat(read("gzip", Bodies.trickling(members.toByteArray())))
        .asString()
        .isEqualTo("a\nb\n");
  }

  @Test
  void readsEveryKindOfGzipHeader() throws IOException {
    byte[] plain = Compression.GZIP.of("a".getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream decorated = new ByteArrayOutputStream();
    decorated.write(plain, 0, 3);
    decorated.write(2 | 4 | 8 | 16); // header checksum, extra field, name, comment
    decorated.write(plain, 4, 6);
    decorated.write(new byte[] {3, 0, 'x', 'y', 'z'});
    decorated.write("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
    decorated.write(new byte[] {0, 0});
    decorated.write(plain, 10, plain.length - 10);
    assertThat(read("gzip", decorated.toByteArray())).asString().isEqualTo("a");
  }

  @Test
  @Timeout(20)
  void endsABodyOfNothingButEmptyParts() {
    byte[] empty = Compression.GZIP.of(new byte[0]);
    assertTooLarge("gzip", Bodies.endless(empty));
    byte[] emptyFrame = Zstd.compress(new byte[0]);
    assertTooLarge("zstd", Bodies.endless(emptyFrame));
    byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
    assertTooLarge("zstd", Bodies.endless(skippable));
  }

  @Test
  @Timeout(20)
  void endsAnEndlessHeader() {
    byte[] name = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
    assertTooLarge(
        "gzip",
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(name), Bodies.endless(new byte[] {'x'})));
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(20)
  void countsBytesAfterDecompression(Compression compression) {
    byte[] bomb = compression.of(new byte[100 << 20]);
    assertThat(bomb).hasSizeLessThan(200_000);
    assertTooLarge(compression.encoding, new ByteArrayInputStream(bomb));
  }

  private static void assertTooLarge(String encoding, InputStream in) {
    assertThatThrownBy(() -> read(encoding, in)).isInstanceOf(IntakeException.BodyTooLarge.class);
  }

  @Test
  void takesNoZstdThatNeedsMuchMemory() {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLong(27);
      context.setContentSize(false);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
        zstd.setLong(27);
        zstd.write(text(1000));
      }
      assertUnreadable("zstd", out.toByteArray(), "a window of 128 MiB");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gzip,GZIP",
    "GZIP,GZIP",
    "x-gzip,GZIP",
    "deflate,DEFLATE",
    "Zstd,ZSTD",
    "identity,IDENTITY",
    "'',IDENTITY",
    "' gzip ',GZIP"
  })
  void isKnownByName(String name, ContentEncoding encoding) {
    assertThat(ContentEncoding.named(name)).isEqualTo(encoding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "compress", "gzip, gzip", "gzip,identity", "x", "gzip;q=1"})
  void isNamedWhereItIsNotKnown(String name) {
    assertThatThrownBy(() -> ContentEncoding.named(name))
        .isInstanceOf(IntakeException.UnknownEncoding.class)
        .hasMessageContainingAll("gzip", "deflate", "zstd", name);
  }
}
