package dev.logaggregator.filter;

/** How a field is compared with a value in the filter language. */
enum Comparison {
  EQUAL(":"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /** As it is written in {@code q}. */
  String symbol() {
    return symbol;
  }

  /**
   * Whether it is so.
   *
   * @param order negative, 0 or positive as the field is less, equal or greater
   */
  boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
