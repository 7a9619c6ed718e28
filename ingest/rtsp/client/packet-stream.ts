/** One access unit as it came, with the times its sender gave it. */
export interface ReadPacket {
  /**
   * In Annex B form with start codes of four bytes; a keyframe has its parameter sets in front. Belongs to whoever reads
   * it, and stays as it is while referenced.
   */
  data: Buffer;
  /** Stream time in microseconds. */
  ptsUs: number | undefined;
  dtsUs: number | undefined;
  /** 0 when unknown. */
  durationUs: number;
  /** Decoding can begin here: an IDR of H.264, an IRAP of H.265. */
  isKeyframe: boolean;
  /** When the light hit the sensor by the camera's own clock (RTCP), in milliseconds since 1970. */
  producedAt: number | undefined;
}

/** One open video track. */
export interface PacketStream {
  readonly codec: 'h264' | 'h265';
  /** The next access unit; nothing after `interrupt`. Throws the error the stream ended with. */
  read(): Promise<ReadPacket | undefined>;
  /** Makes a `read` under way, and all later ones, return at once. */
  interrupt(): void;
  /** Says TEARDOWN, waits a little for the answer and disconnects. */
  close(): Promise<void>;
}
