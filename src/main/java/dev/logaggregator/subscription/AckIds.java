package dev.logaggregator.subscription;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names deliveries so that nobody can acknowledge what wasn't delivered to them, without a memory
 * of all deliveries: the id says which delivery it is of, and carries a signature. Another process
 * has another key, since deliveries don't outlive the process.
 *
 * <p>Ids are made by one thread at a time, and read by any. Only {@link #next}, and whether an id
 * is still valid, need the subscription's lock: signatures take too long for it.
 */
final class AckIds {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 10;
  private static final int CONTENT_BYTES = Long.BYTES + 2 * Integer.BYTES;
  private static final int LENGTH = (CONTENT_BYTES + SIGNATURE_BYTES + 2) / 3 * 4 - 1;

  private static final int FORGED = -1;

  /**
   * What an id says.
   *
   * @param generation see {@link #next}
   */
  record Named(String id, long offset, int delivery, int generation) {}

  private final SecretKeySpec key;
  private final Mac making;
  private int generation;

  AckIds() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
    making = mac();
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Makes all ids so far void: what they name was given up. */
  void next() {
    generation++;
  }

  /** What ids that are valid now say. */
  int generation() {
    return generation;
  }

  /** The id of an event's delivery. */
  String of(long offset, int delivery, int generation) {
    ByteBuffer bytes = ByteBuffer.allocate(CONTENT_BYTES + SIGNATURE_BYTES);
    bytes.putLong(offset).putInt(delivery).putInt(generation);
    bytes.put(signature(making, bytes.array()), 0, SIGNATURE_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** What ids say, each in its place; {@link #isValid} of them is to be asked then. */
  List<Named> read(List<String> ids) {
    Mac reading = mac();
    return ids.stream().map(id -> read(id, reading)).toList();
  }

  private static Named read(String id, Mac reading) {
    byte[] bytes = bytes(id);
    if (bytes.length == 0) {
      return new Named(id, 0, 0, FORGED);
    }
    byte[] expected = signature(reading, bytes);
    int difference = 0;
    for (int i = 0; i < SIGNATURE_BYTES; i++) {
      difference |= expected[i] ^ bytes[CONTENT_BYTES + i];
    }
    ByteBuffer content = ByteBuffer.wrap(bytes);
    return new Named(
        id, content.getLong(), content.getInt(), difference == 0 ? content.getInt() : FORGED);
  }

  /** Nothing if it can't be an id. */
  private static byte[] bytes(String id) {
    try {
      return id.length() == LENGTH ? Base64.getUrlDecoder().decode(id) : new byte[0];
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  /** Whether an id names a delivery that wasn't given up. */
  boolean isValid(Named named) {
    return named.generation() == generation;
  }

  private static byte[] signature(Mac mac, byte[] bytes) {
    mac.update(bytes, 0, CONTENT_BYTES);
    return mac.doFinal();
  }
}
