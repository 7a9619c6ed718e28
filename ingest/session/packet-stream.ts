import type { Codec } from '../ring/coding.ts';
import type { PacketMemory } from '../ring/encoded-packet.ts';
import type { StreamFaults } from './camera-faults.ts';

/** One encoded picture as it came, with the times its sender gave it. */
export interface ReadPacket {
  /** Annex B. A keyframe begins with its parameter sets where the camera has told them. */
  data: Buffer;
  /** Held for whoever reads the packet; nothing where the bytes are the packet's own. */
  memory?: PacketMemory | undefined;
  /** Stream time in microseconds; nothing where the sender is silent. */
  ptsUs: number | undefined;
  dtsUs: number | undefined;
  /** 0 when unknown. */
  durationUs: number;
  isKeyframe: boolean;
  /** When the light hit the sensor by the camera's own clock (RTCP), in milliseconds since 1970. */
  producedAt: number | undefined;
}

/** Who reads a camera: our own client, or FFmpeg's demuxer where that does not understand what the camera does. */
export type StreamReader = 'plain' | 'ffmpeg';

/** One open video track. The session that opened it closes it. */
export interface PacketStream {
  readonly codec: Codec;
  /** How much later than it is decoded a picture is shown; 0 without B-frames. */
  readonly reorderFrames: number;
  /** What was lost on the way since the stream began; nothing where its reader cannot tell. */
  readonly faults?: StreamFaults;
  /** The next packet; nothing after `interrupt`. Throws the error the stream ended with. */
  read(): Promise<ReadPacket | undefined>;
  /** From now on what comes may wait for so many milliseconds before it is received; 0: no longer. */
  rest?(ms: number): void;
  /** Makes a `read` under way, and all later ones, return at once. */
  interrupt(): void;
  close(): Promise<void>;
}
