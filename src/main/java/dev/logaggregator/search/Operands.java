package dev.logaggregator.search;

import java.util.Arrays;

/**
 * Reads what a {@link Measure} is made of: each value of its field once turned into what its {@link
 * Tally} takes, for all events that share it. Not more of them at a time than {@value #MOST}, so
 * that an event with an array of a million elements takes a bounded time. One thread at a time.
 */
final class Operands {

  /** Takes what a row has. */
  @FunctionalInterface
  interface Action {
    void accept(int row, long operand);
  }

  private static final int NONE = -1;

  static final int MOST = 64 * 1024;

  private final Measure measure;
  private long[] operands = new long[4];
  private int size;
  private boolean cut;

  Operands(Measure measure) {
    this.measure = measure;
  }

  /** Hands over the operands of events. */
  void read(FoundEvents events, Action action) {
    size = 0;
    Function function = measure.function();
    events.read(
        measure.of(),
        new ValueTarget() {
          @Override
          public int number(byte[] text, int from, int to) {
            long operand = function.operand(text, from, to);
            return operand == Function.NO_OPERAND ? NONE : add(operand);
          }

          @Override
          public void value(int row, int number) {
            if (number >= 0) {
              action.accept(row, operands[number]);
            }
          }
        });
  }

  /** Whether events had more values than are read. */
  boolean isCut() {
    return cut;
  }

  private int add(long operand) {
    if (size == MOST) {
      cut = true;
      return NONE;
    }
    if (size == operands.length) {
      operands = Arrays.copyOf(operands, 2 * size);
    }
    operands[size] = operand;
    return size++;
  }
}
