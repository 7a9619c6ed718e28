import type { CodecParameters } from 'node-av/lib';

/** What a session knows of its video track once it is open. */
export interface StreamParameters {
  /** Owned by the session and valid while it lives; whoever keeps it longer copies it. */
  codecParameters: CodecParameters;
  codec: 'h264' | 'h265';
  /** Pixels. */
  width: number;
  height: number;
  /** The unit of the packets' own `pts` and `dts`. */
  timeBase: { num: number; den: number };
}
