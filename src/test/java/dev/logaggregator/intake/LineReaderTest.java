package dev.logaggregator.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines are taken as they arrive, whatever pieces they arrive in. */
class LineReaderTest {

  private static final int MAX_LINE = 100_000;
  private static final IntakeSettings SETTINGS = Bodies.settings(MAX_LINE, 10_000_000);

  /** Writes down what it is told. */
  private static final class Lines implements LineReader.LineTaker {

    private final List<String> told = new ArrayList<>();
    private final List<Integer> toldBeforeMore = new ArrayList<>();

    @Override
    public void line(byte[] bytes, int from, int to, long line) {
      told.add(line + ":" + new String(bytes, from, to - from, UTF_8));
    }

    @Override
    public void cutLine(RawEvent beginning) {
      String text = new String(beginning.bytes(), beginning.from(), beginning.length(), UTF_8);
      told.add(beginning.line() + ":cut from " + beginning.bytesReceived() + ":" + text);
    }

    @Override
    public void arrived() {
      toldBeforeMore.add(told.size());
    }
  }

  private static Lines read(Body body) {
    Lines lines = new Lines();
    new LineReader(body, MAX_LINE, lines).readAll();
    return lines;
  }

  private static List<String> lines(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<String> whole = read(Bodies.arriving(SETTINGS, null, bytes)).told;
    assertThat(read(Bodies.body(SETTINGS, null, Bodies.trickling(bytes))).told).isEqualTo(whole);
    return whole;
  }

  @Test
  void endWithLineFeedsOrBoth() {
    assertThat(lines("a\nb\r\nc\n")).containsExactly("1:a", "2:b", "3:c");
  }

  @Test
  void mayEndWithTheBody() {
    assertThat(lines("a\nb")).containsExactly("1:a", "2:b");
    assertThat(lines("a")).containsExactly("1:a");
    assertThat(lines("a\r")).containsExactly("1:a");
  }

  @Test
  void areSkippedWhereThereIsNothingButSpaceButCounted() {
    assertThat(lines("\n \n\t\r\n\r\n  a  \n\r\n\n b\n \t")).containsExactly("5:  a  ", "8: b");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n\n\n")).isEmpty();
  }

  @Test
  void keepReturnsThatAreNotAtTheirEnd() {
    assertThat(lines("a\rb\n\rc\r\r\n")).containsExactly("1:a\rb", "2:\rc\r");
  }

  @Test
  void areTakenBeforeMoreIsRead() {
    Lines lines =
        read(
            Bodies.arriving(
                SETTINGS,
                null,
                "a\nb".getBytes(UTF_8),
                "c\nd\ne".getBytes(UTF_8),
                new byte[] {'\n'}));
    assertThat(lines.told).containsExactly("1:a", "2:bc", "3:d", "4:e");
    assertThat(lines.toldBeforeMore).startsWith(1, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 65_535, 65_536, MAX_LINE})
  void areWholeUpToTheirLimit(int length) {
    String line = "x".repeat(length) + "y";
    String longest = line.substring(line.length() - length);
    List<String> expected = length == 0 ? List.of("2:b") : List.of("1:" + longest, "2:b");
    assertThat(lines(longest + "\nb")).isEqualTo(expected);
    assertThat(lines(longest + "\r\nb")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"200000", "165537", "1000000"})
  void areCutBeyondIt(int length) {
    String kept = "x".repeat(MAX_LINE);
    assertThat(read(body("a\n" + "x".repeat(length) + "\nb\n")).told)
        .containsExactly("1:a", "2:cut from " + length + ":" + kept, "3:b");
    assertThat(read(body("x".repeat(length))).told)
        .containsExactly("1:cut from " + length + ":" + kept);
  }

  private static Body body(String text) {
    return Bodies.body(SETTINGS, null, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  /** They are told as they are: whoever takes them judges their size. */
  @Test
  void mayBeSlightlyLongerThanTheirLimit() {
    String line = "x".repeat(MAX_LINE + 1000);
    assertThat(read(body(line + "\nb")).told).containsExactly("1:" + line, "2:b");
  }

  @Test
  void areTheSameInWhateverPiecesTheyArrive() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      StringBuilder body = new StringBuilder();
      List<String> expected = new ArrayList<>();
      int count = random.nextInt(40);
      for (int line = 1; line <= count; line++) {
        String text = "é".repeat(random.nextInt(random.nextInt(20) == 0 ? 30_000 : 20));
        body.append(text).append(random.nextBoolean() ? "\n" : "\r\n");
        if (!text.isEmpty()) {
          expected.add(line + ":" + text);
        }
      }
      byte[] bytes = body.toString().getBytes(UTF_8);
      assertThat(read(Bodies.arriving(SETTINGS, null, pieces(bytes, random))).told)
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  private static byte[][] pieces(byte[] bytes, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int to = Math.min(bytes.length, at + 1 + random.nextInt(20_000));
      pieces.add(Arrays.copyOfRange(bytes, at, to));
      at = to;
    }
    return pieces.toArray(byte[][]::new);
  }

  @Test
  void areTakenUpToTheLimitOfTheRequest() {
    IntakeSettings small = Bodies.settings(8, 8);
    Lines lines = new Lines();
    LineReader reader =
        new LineReader(
            Bodies.arriving(small, null, "a\nb\nc\nd\ne\nf\n".getBytes(UTF_8)), 8, lines);

    assertThatThrownBy(reader::readAll).isInstanceOf(IntakeException.BodyTooLarge.class);
    assertThat(lines.told).containsExactly("1:a", "2:b", "3:c", "4:d");
  }

  /** A line that is long, and then for a while a few bytes at a time. */
  @Test
  void holdMemoryForAsMuchAsComes() {
    MemoryAccount account = new MemoryAccount(1 << 30);
    List<Long> held = new ArrayList<>();
    byte[] bytes = ("x".repeat(90_000) + "\n" + "abc\n".repeat(50)).getBytes(UTF_8);
    InputStream in =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            held.add(account.usedBytes(Use.BODIES));
            int wanted = pos < 90_000 ? 90_000 - pos : 4;
            return super.read(target, offset, Math.min(length, wanted));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    assertThat(read(Bodies.body(SETTINGS, null, in, account)).told).hasSize(51);

    assertThat(held.getFirst()).isBetween(1L, 4_096L);
    assertThat(Collections.max(held)).isBetween(90_000L, 400_000L);
    assertThat(held.getLast()).isBetween(1L, 4_096L);
  }

  @Test
  void areFoundAtEveryPosition() {
    for (int length = 0; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (at % 2 == 0 ? 0x0B : 0x8A));
        bytes[at] = '\n';
        assertThat(LineReader.indexOfLineFeed(bytes, 0, length)).isEqualTo(at);
        assertThat(LineReader.indexOfLineFeed(bytes, at, length)).isEqualTo(at);
        assertThat(LineReader.indexOfLineFeed(bytes, at + 1, length)).isEqualTo(-1);
        assertThat(LineReader.indexOfLineFeed(bytes, 0, at)).isEqualTo(-1);
      }
    }
  }
}
