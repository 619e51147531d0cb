package dev.logaggregator.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Holds the scanner against a parser that is known to be strict, on documents that are broken at
 * random. To repeat a failure, set the seed that it prints.
 */
class JsonScannerComparisonTest {

  private static final int DOCUMENTS = 300_000;
  private static final int MAX_DEPTH = 8;

  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(1_000_000)
                  .build())
          .build();

  /**
   * What JSON is made of, and what it is not; but for lone surrogates, escaped, which JSON leaves
   * to each parser.
   */
  private static final List<String> PIECES =
      List.of(
          "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\\"", "0", "1", "-", "+", ".", "e",
          "E", "null", "true", "false", "NaN", " ", "\t", "\n", "\r", "\u0000", "\u001f", "\u007f",
          "\u00a0", "é", "€", "𝄞", "\ufeff", "//", "'", "a", "{}", "[]", "\"a\":", ",,");

  private static final List<String> DOCUMENTS_TO_BREAK =
      List.of(
          "{\"topic\":\"orders.created\",\"id\":\"e-1\",\"payload\":{\"amount\":99.50,\"n\":-0}}",
          "[1,-2.5e+10,0.1E-3,\"x\",\"\\u00e9\\n"
              + "\",true,false,null,[],{},[[[]]],{\"a\":{\"b\":[]}}]",
          " { \"a\" : [ 1 , 2 , { \"b\" : \"c d\" } ] , \"é\" : \"€ 𝄞\" } ",
          "\"a string that is longer than eight bytes, with \\\\ and \\\" and ü\"",
          "[[[[[[[1]]]]]]]",
          "123456789.5e3",
          "{\"a\":\"b\",\"a\":\"b\"}");

  @Test
  void agreesWithJacksonOnBrokenDocuments() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    JsonScanner scanner = new JsonScanner(MAX_DEPTH);
    int valid = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      byte[] json = broken(random);
      boolean expected = jacksonTakes(json);
      assertThat(takes(scanner, json))
          .as("seed %d, document %d: %s", seed, i, new String(json, StandardCharsets.UTF_8))
          .isEqualTo(expected);
      if (expected) {
        valid++;
        assertThat(tokens(compacted(scanner, json)))
            .as("seed %d, document %d without its white space", seed, i)
            .isEqualTo(tokens(json));
      }
    }
    assertThat(valid).as("valid documents among them").isGreaterThan(DOCUMENTS / 100);
  }

  private static byte[] broken(Random random) {
    byte[] json =
        DOCUMENTS_TO_BREAK
            .get(random.nextInt(DOCUMENTS_TO_BREAK.size()))
            .getBytes(StandardCharsets.UTF_8);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      json = change(json, random);
    }
    return json;
  }

  private static byte[] change(byte[] json, Random random) {
    int from = random.nextInt(json.length + 1);
    int to = Math.min(json.length, from + random.nextInt(4));
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(json, 0, from);
    switch (random.nextInt(4)) {
      case 0 -> {} // leaves something out
      case 1 -> changed.write(random.nextInt(256));
      case 2 -> changed.writeBytes(piece(random));
      default -> {
        changed.writeBytes(piece(random));
        to = from; // puts something in
      }
    }
    changed.write(json, to, json.length - to);
    return changed.toByteArray();
  }

  private static byte[] piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean takes(JsonScanner scanner, byte[] json) {
    try {
      scanner.scanValue(json, 0, json.length);
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static boolean jacksonTakes(byte[] json) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      if (text.indexOf('\0') >= 0 || text.startsWith("\ufeff")) {
        return false; // from which Jackson would guess another encoding
      }
      tokens(json);
      return true;
    } catch (CharacterCodingException | JacksonException e) {
      return false;
    }
  }

  /** The tokens of the one value that the text is. */
  private static List<String> tokens(byte[] json) {
    List<String> tokens = new ArrayList<>();
    try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), json)) {
      int values = 0;
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        tokens.add(token + " " + parser.getString());
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
      }
      if (values != 1) {
        throw new tools.jackson.core.exc.StreamReadException(parser, values + " values");
      }
    }
    return tokens;
  }

  private static byte[] compacted(JsonScanner scanner, byte[] json) {
    scanner.scanValue(json, 0, json.length);
    boolean spaced = scanner.valueIsSpaced();
    byte[] target = new byte[json.length];
    int length = JsonText.compact(json, 0, json.length, target, 0);
    byte[] compact = Arrays.copyOf(target, length);
    byte[] trimmed =
        new String(json, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
    assertThat(spaced).isEqualTo(compact.length < trimmed.length);
    return compact;
  }
}
