package dev.logaggregator.store.segment.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the shapes of documents apart, and remembers where the values are. What is found first is
 * only a candidate: a shape of few documents isn't worth columns of its own, so that it is decided
 * in the end which are kept, and the documents of the others are kept as a whole.
 */
final class ShapeFinder {

  /** The shapes that every segment has: no document at all, and one that is its own only value. */
  static final int ABSENT = 0;

  static final int WHOLE = 1;

  private static final int OWN_SHAPES = 2;
  private static final int MOST_CANDIDATES = 4096;
  private static final int MOST_CANDIDATE_BYTES = 1 << 20;

  /** More are made by somebody who wishes them to be compared one by one. */
  private static final int MOST_OF_ONE_HASH = 8;

  private static final int MOST_SHAPES = 256;
  private static final int MOST_COLUMNS = 1024;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final boolean attributes;
  private final DocumentWalk walk = new DocumentWalk();
  private final Map<Long, List<Candidate>> byHash = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private int candidateBytes;
  private @Nullable Candidate last;

  private int[] found = new int[256];
  private int[] firstBounds = new int[256];
  private int documents;
  private int[] bounds = new int[4096];
  private int boundsUsed;

  /**
   * @param attributes whether the documents are attributes, not payloads
   */
  ShapeFinder(boolean attributes) {
    this.attributes = attributes;
  }

  void begin() {
    byHash.clear();
    candidates.clear();
    candidateBytes = 0;
    last = null;
    documents = 0;
    boundsUsed = 0;
  }

  /** Takes the next document: valid JSON, or nothing. */
  void add(byte[] bytes, int from, int to) {
    if (documents == found.length) {
      found = Arrays.copyOf(found, 2 * documents);
      firstBounds = Arrays.copyOf(firstBounds, 2 * documents);
    }
    firstBounds[documents] = boundsUsed;
    found[documents++] = from == to ? ABSENT : find(bytes, from, to);
  }

  private int find(byte[] bytes, int from, int to) {
    reserveBounds(2 * DocumentWalk.MOST_VALUES);
    Candidate known = last;
    if (known == null || !known.matches(bytes, from, to, bounds, boundsUsed)) {
      known = candidate(bytes, from, to);
      if (known == null) {
        bounds[boundsUsed++] = from;
        bounds[boundsUsed++] = to;
        return WHOLE;
      }
      for (int i = 0; i < walk.count(); i++) {
        bounds[boundsUsed + 2 * i] = walk.start(i);
        bounds[boundsUsed + 2 * i + 1] = walk.end(i);
      }
      last = known;
    }
    known.documents++;
    boundsUsed += 2 * known.kinds.length;
    return known.number;
  }

  private void reserveBounds(int more) {
    if (bounds.length - boundsUsed < more) {
      bounds = Arrays.copyOf(bounds, Math.max(2 * bounds.length, boundsUsed + more));
    }
  }

  private @Nullable Candidate candidate(byte[] bytes, int from, int to) {
    if (!walk.walk(bytes, from, to)) {
      return null;
    }
    long hash = hash(bytes, from, to);
    List<Candidate> same = byHash.computeIfAbsent(hash, missing -> new ArrayList<>(1));
    for (Candidate known : same) {
      if (known.matches(bytes, from, to, bounds, boundsUsed)) {
        return known;
      }
    }
    if (candidates.size() == MOST_CANDIDATES
        || candidateBytes > MOST_CANDIDATE_BYTES
        || same.size() == MOST_OF_ONE_HASH) {
      return null;
    }
    Candidate made = new Candidate(OWN_SHAPES + candidates.size(), bytes, from, to, walk);
    candidates.add(made);
    candidateBytes += made.sizeBytes();
    same.add(made);
    return made;
  }

  /** Of what is between the values, and of their kinds. */
  private long hash(byte[] bytes, int from, int to) {
    long hash = walk.count();
    int at = from;
    for (int i = 0; i <= walk.count(); i++) {
      boolean behindLast = i == walk.count();
      int literalEnd = behindLast ? to : walk.start(i);
      hash = hash * 31 + (behindLast ? 0 : walk.kind(i).ordinal());
      for (; at + Long.BYTES <= literalEnd; at += Long.BYTES) {
        hash = mix(hash ^ (long) LONGS.get(bytes, at));
      }
      for (; at < literalEnd; at++) {
        hash = hash * 31 + bytes[at];
      }
      hash = mix(hash);
      at = behindLast ? to : walk.end(i);
    }
    return hash;
  }

  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }

  /**
   * Decides which shapes are kept.
   *
   * @param columns gets the columns of their values
   * @return the shapes; each document's is {@link #shape}
   */
  List<Shape> choose(Map<ColumnKey, Integer> columns) {
    List<Shape> shapes = new ArrayList<>();
    byte[] nothing = {};
    shapes.add(new Shape(new byte[][] {nothing}, new int[0], new int[0], false));
    ColumnKey whole = new ColumnKey(attributes, null, ColumnKey.Kind.NESTED, 0);
    int wholeColumn = number(columns, whole);
    shapes.add(
        new Shape(new byte[][] {nothing, nothing}, new int[] {wholeColumn}, new int[0], false));
    int fewest = candidates.size() <= 2 ? 1 : 4 + documents / 2048;
    List<Candidate> kept =
        candidates.stream()
            .filter(candidate -> candidate.documents >= fewest)
            .sorted((a, b) -> Integer.compare(b.documents, a.documents))
            .limit(MOST_SHAPES)
            .toList();
    for (Candidate candidate : kept) {
      if (candidate.isNamed() && columns.size() + candidate.columnCount() <= MOST_COLUMNS) {
        candidate.chosen = shapes.size();
        shapes.add(candidate.shape(attributes, columns));
      }
    }
    return shapes;
  }

  private static int number(Map<ColumnKey, Integer> columns, ColumnKey key) {
    return columns.computeIfAbsent(key, missing -> columns.size());
  }

  /** The shape of a document, once they are chosen. */
  int shape(int document) {
    int candidate = found[document];
    return candidate < OWN_SHAPES ? candidate : candidates.get(candidate - OWN_SHAPES).chosen;
  }

  /** Where the beginning and the end of a document's first value stand; the others' follow. */
  int firstBound(int document) {
    return firstBounds[document];
  }

  /** Where values begin and end. */
  int[] bounds() {
    return bounds;
  }

  /** A shape that was seen. */
  private static final class Candidate {

    final int number;
    final byte[] kinds;
    final byte[][] literals;
    private final List<String> names = new ArrayList<>();
    private final List<String> objects;
    int documents;
    int chosen = WHOLE;

    Candidate(int number, byte[] bytes, int from, int to, DocumentWalk walk) {
      this.number = number;
      walk.name(bytes, from, to);
      int count = walk.count();
      kinds = new byte[count];
      literals = new byte[count + 1][];
      int at = from;
      for (int i = 0; i < count; i++) {
        kinds[i] = (byte) walk.kind(i).ordinal();
        literals[i] = Arrays.copyOfRange(bytes, at, walk.start(i));
        at = walk.end(i);
        names.add(walk.name(i));
      }
      literals[count] = Arrays.copyOfRange(bytes, at, to);
      objects = List.copyOf(walk.objects());
    }

    int columnCount() {
      return kinds.length + objects.size();
    }

    int sizeBytes() {
      int size = 256;
      for (byte[] literal : literals) {
        size += literal.length + 64;
      }
      return size;
    }

    /** Whether a document has this shape; then it is noted where its values are. */
    boolean matches(byte[] bytes, int from, int to, int[] bounds, int firstBound) {
      int at = from;
      int bound = firstBound;
      for (int i = 0; i < kinds.length; i++) {
        byte[] literal = literals[i];
        int start = at + literal.length;
        if (start >= to || !Arrays.equals(bytes, at, start, literal, 0, literal.length)) {
          return false;
        }
        at = valueEnd(ColumnKey.Kind.of(kinds[i]), bytes, start, to);
        if (at < 0) {
          return false;
        }
        bounds[bound++] = start;
        bounds[bound++] = at;
      }
      byte[] tail = literals[kinds.length];
      return to - at == tail.length && Arrays.equals(bytes, at, to, tail, 0, tail.length);
    }

    /** Where the value of that kind ends; negative if there is none. */
    private static int valueEnd(ColumnKey.Kind kind, byte[] json, int from, int to) {
      byte first = json[from];
      return switch (kind) {
        case TEXT -> first == '"' ? DocumentWalk.stringEnd(json, from) : -1;
        case NUMBER ->
            first == '-' || (first >= '0' && first <= '9')
                ? DocumentWalk.scalarEnd(json, from, to)
                : -1;
        case WORD ->
            first == 't' || first == 'f' || first == 'n'
                ? DocumentWalk.scalarEnd(json, from, to)
                : -1;
        case NESTED -> first == '[' || first == '{' ? DocumentWalk.nestedEnd(json, from) : -1;
        case OBJECT -> -1;
      };
    }

    /** Whether its names can be written down: halves of characters can't. */
    boolean isNamed() {
      return names.stream().allMatch(Candidate::isWellFormed)
          && objects.stream().allMatch(Candidate::isWellFormed);
    }

    private static boolean isWellFormed(String name) {
      return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    Shape shape(boolean attributes, Map<ColumnKey, Integer> columns) {
      int[] own = new int[kinds.length];
      Map<ColumnKey, Integer> occurrences = new HashMap<>();
      for (int i = 0; i < own.length; i++) {
        ColumnKey first = new ColumnKey(attributes, names.get(i), ColumnKey.Kind.of(kinds[i]), 0);
        int occurrence = occurrences.merge(first, 1, Integer::sum) - 1;
        own[i] = number(columns, new ColumnKey(attributes, first.name(), first.kind(), occurrence));
      }
      int[] ownObjects =
          objects.stream()
              .distinct()
              .map(name -> new ColumnKey(attributes, name, ColumnKey.Kind.OBJECT, 0))
              .mapToInt(key -> number(columns, key))
              .toArray();
      return new Shape(literals, own, ownObjects, true);
    }
  }
}
