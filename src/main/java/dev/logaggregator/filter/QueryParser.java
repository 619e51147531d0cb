package dev.logaggregator.filter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the filter language by recursive descent:
 *
 * <pre>
 * any   = all { "or" all }
 * all   = one { [ "and" ] one }
 * one   = "not" one | "(" any ")" | text | field comparison value | field ":" "(" values ")"
 * </pre>
 *
 * Values in parentheses are joined in the same way.
 */
final class QueryParser {

  /** So that neither parsing nor matching runs out of stack. */
  static final int MAX_DEPTH = 50;

  /** So that one query can't keep a core busy for each event. */
  static final int MAX_TERMS = 256;

  private final QueryText query;
  private final QueryLexer lexer;
  private final FieldTerms fields;
  private int depth;
  private final TermCount terms = new TermCount();

  /**
   * @param now what durations ago are before; null where there is no now
   */
  QueryParser(QueryText query, @Nullable Instant now) {
    this.query = query;
    this.lexer = new QueryLexer(query);
    this.fields = new FieldTerms(now, terms);
  }

  /** The condition; everything if nothing is written. */
  Condition parse() {
    if (lexer.atEnd()) {
      return Condition.EVERYTHING;
    }
    Condition condition = any(this::term);
    if (!lexer.atEnd()) {
      throw query.expected("a text, a field, 'and', 'or' or the end", lexer.position());
    }
    return condition;
  }

  /** How many terms there were. */
  int terms() {
    return terms.value();
  }

  private Condition any(Supplier<Condition> operand) {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(all(operand));
    } while (lexer.take(Keyword.OR));
    return AnyOf.of(parts);
  }

  private Condition all(Supplier<Condition> operand) {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(one(operand));
    } while (lexer.take(Keyword.AND) || operandFollows());
    return AllOf.of(parts);
  }

  private boolean operandFollows() {
    return lexer.isNext('(')
        || lexer.isNext('"')
        || (lexer.startsWord() && !lexer.isNext(Keyword.OR));
  }

  private Condition one(Supplier<Condition> operand) {
    if (depth == MAX_DEPTH) {
      throw query.fault("nested deeper than " + MAX_DEPTH + " levels", lexer.position());
    }
    depth++;
    Condition condition;
    if (lexer.take(Keyword.NOT)) {
      condition = new Negation(one(operand));
    } else if (lexer.take('(')) {
      condition = any(operand);
      if (!lexer.take(')')) {
        throw query.expected("'and', 'or' or ')'", lexer.position());
      }
    } else {
      condition = operand.get();
    }
    depth--;
    return condition;
  }

  private Condition term() {
    Literal literal = literal(false, "a text, a field, 'not' or '('");
    Comparison comparison = lexer.comparison();
    if (comparison == null) {
      count(literal);
      return literal.isAnything()
          ? Condition.EVERYTHING
          : new TextCondition(literal.pieces(), terms);
    }
    if (literal.hasWildcard() || literal.text().isEmpty()) {
      throw literal.expected("the name of a field");
    }
    String field = literal.text();
    Supplier<Condition> operand =
        () -> {
          Literal value = literal(true, "a value");
          count(value);
          return fields.condition(field, comparison, value);
        };
    return comparison == Comparison.EQUAL && lexer.isNext('(') ? one(operand) : operand.get();
  }

  private void count(Literal term) {
    if (terms.increment() > MAX_TERMS) {
      throw query.fault("more than " + MAX_TERMS + " terms", term.at());
    }
  }

  private Literal literal(boolean inValue, String what) {
    int at = lexer.position();
    Literal literal = lexer.literal(inValue);
    if (literal == null || isKeyword(literal)) {
      throw query.expected(what, at);
    }
    return literal;
  }

  private static boolean isKeyword(Literal literal) {
    for (Keyword keyword : Keyword.values()) {
      if (literal.isKeyword(keyword)) {
        return true;
      }
    }
    return false;
  }
}
