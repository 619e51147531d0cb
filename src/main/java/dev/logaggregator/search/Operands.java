package dev.logaggregator.search;

import dev.logaggregator.filter.ValueTarget;
import java.util.Arrays;

/**
 * Reads what a {@link Measure} is made of: each value of its field once turned into what its {@link
 * Tally} takes, for all events that share it. Not more of an event than {@value #MOST_A_ROW}, so
 * that one with an array of a million elements takes a bounded time. There are as many at a time as
 * events that lie together have values, which a row group bounds; more room than a few is not kept
 * for the next ones. One thread at a time.
 */
final class Operands {

  /** Takes what a row has. */
  @FunctionalInterface
  interface Action {
    void accept(int row, long operand);
  }

  private static final int NONE = -1;

  static final int MOST_A_ROW = 64 * 1024;
  private static final int KEPT = 16 * 1024;

  private final Measure measure;
  private long[] operands = new long[4];
  private int size;
  private int lastRow;
  private int ofLastRow;
  private boolean cut;

  Operands(Measure measure) {
    this.measure = measure;
  }

  /** Hands over the operands of events. */
  void read(FoundEvents events, Action action) {
    size = 0;
    ofLastRow = 0;
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
          public boolean takesNumbers() {
            return function != Function.UNIQUE;
          }

          @Override
          public int number(long digits, int scale) {
            return add(Double.doubleToLongBits(NumberText.number(digits, scale)));
          }

          @Override
          public void value(int row, int number) {
            if (number >= 0 && isWanted(row)) {
              action.accept(row, operands[number]);
            }
          }
        });
    if (operands.length > KEPT) {
      operands = new long[KEPT];
    }
  }

  private boolean isWanted(int row) {
    ofLastRow = row == lastRow ? ofLastRow + 1 : 1;
    lastRow = row;
    cut |= ofLastRow > MOST_A_ROW;
    return ofLastRow <= MOST_A_ROW;
  }

  /** Whether events had more values than are read. */
  boolean isCut() {
    return cut;
  }

  private int add(long operand) {
    if (size == operands.length) {
      operands = Arrays.copyOf(operands, 2 * size);
    }
    operands[size] = operand;
    return size++;
  }
}
