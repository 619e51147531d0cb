package dev.logaggregator.store.segment.column;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/** Bytes within a piece, compressed where that saves an eighth of them at least. */
final class Compression implements AutoCloseable {

  private static final int LEVEL = 1;
  private static final int WORTH_TRYING_BYTES = 64;

  /** Making a context costs more than unpacking a piece; the threads that unpack are few. */
  private static final ThreadLocal<ZstdDecompressCtx> UNPACKING =
      ThreadLocal.withInitial(ZstdDecompressCtx::new);

  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setContentSize(false);

  /** Writes bytes so that {@link #unpack} gives them back. */
  void pack(byte[] source, int from, int to, ByteSink target) {
    int length = to - from;
    target.putVarint(length);
    if (length >= WORTH_TRYING_BYTES) {
      int most = (int) Zstd.compressBound(length);
      byte[] room = target.reserve(most + 10);
      int at = target.size() + 5;
      int size = zstd.compressByteArray(room, at, most, source, from, length);
      if (size < length - (length >> 3)) {
        target.putVarint(size);
        System.arraycopy(room, at, target.bytes(), target.size(), size);
        target.advance(size);
        return;
      }
    }
    target.putVarint(0);
    target.put(source, from, to);
  }

  /** Unpacks bytes. */
  static byte[] unpack(ByteSource source) {
    int length = source.getCount(source.mostUnpacked());
    int packed = source.getCount(source.remaining());
    if (packed == 0) {
      int from = source.skip(length);
      byte[] bytes = new byte[length];
      System.arraycopy(source.bytes(), from, bytes, 0, length);
      return bytes;
    }
    int from = source.skip(packed);
    byte[] bytes = new byte[length];
    try {
      int size =
          UNPACKING.get().decompressByteArray(bytes, 0, length, source.bytes(), from, packed);
      if (size != length) {
        throw new DamagedSegmentException("it has another length than it had");
      }
    } catch (ZstdException e) {
      throw new DamagedSegmentException("it can't be unpacked", e);
    }
    return bytes;
  }

  @Override
  public void close() {
    zstd.close();
  }
}
