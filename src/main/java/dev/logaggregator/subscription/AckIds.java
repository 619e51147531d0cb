package dev.logaggregator.subscription;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names deliveries so that nobody can acknowledge what wasn't delivered to them, without a memory
 * of all deliveries: the id says which delivery it is of, and carries a signature. Another process
 * has another key, since deliveries don't outlive the process. Ids are made by one thread at a time
 * and read by one at a time, which need not be the same.
 */
final class AckIds {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 10;
  private static final int CONTENT_BYTES = Long.BYTES + 2 * Integer.BYTES;
  private static final int LENGTH = (CONTENT_BYTES + SIGNATURE_BYTES + 2) / 3 * 4 - 1;

  /**
   * What an id says.
   *
   * @param generation see {@link #next}
   */
  record Named(long offset, int delivery, int generation) {}

  private final Mac making;
  private final Mac reading;
  private int generation;

  AckIds() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    making = mac(key);
    reading = mac(key);
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
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

  /** What an id names; null if it isn't valid, or not any more. */
  @Nullable Named parse(String id) {
    if (id.length() != LENGTH) {
      return null;
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(id);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
    ByteBuffer content = ByteBuffer.wrap(bytes);
    Named named = new Named(content.getLong(), content.getInt(), content.getInt());
    byte[] expected = signature(reading, bytes);
    int difference = named.generation() ^ generation;
    for (int i = 0; i < SIGNATURE_BYTES; i++) {
      difference |= expected[i] ^ bytes[CONTENT_BYTES + i];
    }
    return difference == 0 ? named : null;
  }

  private static byte[] signature(Mac mac, byte[] bytes) {
    mac.update(bytes, 0, CONTENT_BYTES);
    return mac.doFinal();
  }
}
