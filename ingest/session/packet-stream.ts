/** An encoded packet as it came, with the times its sender gave it. */
export interface ReadPacket<P> {
  packet: P;
  /** Stream time in microseconds; nothing where the sender is silent. */
  ptsUs: number | undefined;
  dtsUs: number | undefined;
  /** 0 when unknown. */
  durationUs: number;
  isKeyframe: boolean;
  sizeBytes: number;
  /** When the light hit the sensor by the camera's own clock (RTCP), in milliseconds since 1970. */
  producedAt: number | undefined;
}

/** One open video track. The session that opened it closes it. */
export interface PacketStream<P> {
  readonly codec: 'h264' | 'h265';
  readonly width: number;
  readonly height: number;
  /** How much later than it is decoded a picture is shown; 0 without B-frames. */
  readonly reorderFrames: number;
  /** Equal for two streams whose packets can be decoded by one decoder and be in one clip. */
  readonly signature: string;
  /** The next packet; nothing after `interrupt`. Throws the error the stream ended with. */
  read(): Promise<ReadPacket<P> | undefined>;
  /** Writes continuous times into a packet, in the stream's own unit. */
  stamp(packet: P, ptsUs: number, dtsUs: number): void;
  /** What a keyframe says of how the pictures after it are coded; nothing when it says nothing. */
  signatureOf(keyframe: P): string | undefined;
  /** Makes a `read` under way, and all later ones, return at once. */
  interrupt(): void;
  close(): Promise<void>;
}
