package benchmarks.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Random;

/**
 * Events as services write them, about 240 bytes of JSON each, varied, and the same on every run:
 * the event number {@code n} is a function of {@code n}, so that what was sent can be written to a
 * file as well.
 *
 * <p>Some ten thousand different lines are made once. An id and a time are then written over those
 * that are there, at a fixed place in each line, which is all that a load generator on the same
 * cores can afford. The ids are unique and ascending.
 */
public final class SampleEvents {

  /** How many events there are to a batch. */
  public static final int BATCH_EVENTS = 1_000;

  /** How many batches there are before lines repeat, but for id and time. */
  public static final int BATCHES = 200;

  static final int ID_AT = "{\"id\":\"".length();
  static final int ID_DIGITS = 16;
  static final int TIME_AT = ID_AT + ID_DIGITS + "\",\"timestamp\":\"".length();
  static final int TIME_DIGITS = "2026-11-22T00:00:00".length();

  private static final Instant FIRST_TIME = Instant.parse("2026-11-22T00:00:00Z");

  private final Batch[] batches = new Batch[BATCHES];

  private SampleEvents() {}

  /** Events of that many topics, of which some have much more than others. */
  public static SampleEvents ofTopics(int topics) {
    return generate(new SampleLine(topics, true));
  }

  /** Events of that many topics, evenly. */
  public static SampleEvents spreadOver(int topics) {
    return generate(new SampleLine(topics, false));
  }

  /** Events of 100 bytes to 4 KiB, nested, with arrays, escapes and text beyond ASCII. */
  public static SampleEvents ofVariedShape(int topics) {
    return generate(new VariedLine(topics));
  }

  /** Events of orders, to count over their fields: see {@link OrderLine}. */
  public static SampleEvents ofOrders(int topics) {
    return generate(new OrderLine(topics));
  }

  /** The name of a topic by its number; where some have more than others, 0 has the most. */
  public static String topic(int number) {
    return SampleLine.topicName(number);
  }

  /** Writes one event, without a line end: the id and the time are digits to be written over. */
  interface Line {
    void write(int number, int milli, Random random, StringBuilder out);
  }

  private static SampleEvents generate(Line line) {
    SampleEvents events = new SampleEvents();
    Random random = new Random(42);
    StringBuilder text = new StringBuilder();
    for (int batch = 0; batch < BATCHES; batch++) {
      text.setLength(0);
      int[] starts = new int[BATCH_EVENTS + 1];
      for (int i = 0; i < BATCH_EVENTS; i++) {
        starts[i] = text.length();
        line.write(batch * BATCH_EVENTS + i, i, random, text);
        text.append('\n');
      }
      starts[BATCH_EVENTS] = text.length();
      events.batches[batch] = new Batch(text.toString().getBytes(ISO_8859_1), starts);
    }
    return events;
  }

  /**
   * The batch with that number, ready to be sent: the ids of its events follow from the number. It
   * is valid until the batch {@link #BATCHES} later is asked for, so each thread must keep to
   * numbers of its own modulo {@link #BATCHES}.
   */
  public Batch batch(long number) {
    Batch batch = batches[(int) (number % BATCHES)];
    batch.renumber(number);
    return batch;
  }

  /** Writes batches to a stream. */
  public void write(long firstBatch, long count, OutputStream out) throws IOException {
    for (long number = firstBatch; number < firstBatch + count; number++) {
      out.write(batch(number).bytes());
    }
  }

  /** Events, a line each. */
  public static final class Batch {

    private final byte[] bytes;
    private final int[] starts;

    Batch(byte[] bytes, int[] starts) {
      this.bytes = bytes;
      this.starts = starts;
    }

    /** How many events there are. */
    public int size() {
      return starts.length - 1;
    }

    /** All lines. */
    public byte[] bytes() {
      return bytes;
    }

    /** Where a line starts. */
    public int start(int index) {
      return starts[index];
    }

    /** Where a line ends, without the line end. */
    public int end(int index) {
      return starts[index + 1] - 1;
    }

    private void renumber(long number) {
      long id = number * BATCH_EVENTS;
      byte[] time =
          FIRST_TIME.plusSeconds(number).toString().substring(0, TIME_DIGITS).getBytes(ISO_8859_1);
      for (int i = 0; i < BATCH_EVENTS; i++) {
        writeDigits(id + i, starts[i] + ID_AT);
        System.arraycopy(time, 0, bytes, starts[i] + TIME_AT, TIME_DIGITS);
      }
    }

    private void writeDigits(long value, int at) {
      int high = (int) (value / 100_000_000);
      int low = (int) (value % 100_000_000);
      for (int digit = 7; digit >= 0; digit--) {
        bytes[at + digit] = (byte) ('0' + high % 10);
        bytes[at + 8 + digit] = (byte) ('0' + low % 10);
        high /= 10;
        low /= 10;
      }
    }
  }
}
