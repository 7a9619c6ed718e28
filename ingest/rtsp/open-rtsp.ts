import type { Clock } from '../../core/runtime/clock.ts';
import type { CameraCredentials } from '../../core/stages.ts';
import type { PacketStream, StreamReader } from '../session/packet-stream.ts';
import type { AddressGuard } from './address-guard.ts';
import { openPlainRtsp } from './client/open-plain-rtsp.ts';
import type { ReadingTurns } from './client/reading-turns.ts';
import { openFfmpegRtsp } from './ffmpeg/open-ffmpeg-rtsp.ts';
import type { ReaderSeats } from './ffmpeg/reader-seats.ts';

export interface OpenRtspOptions {
  url: string;
  transport: 'tcp' | 'udp';
  credentials: CameraCredentials | undefined;
  guard: AddressGuard;
  clock: Clock;
  /** Of the thread; without them the plain client reads whatever comes at once. */
  turns?: ReadingTurns | undefined;
  /** A camera that FFmpeg reads takes one of these. */
  seats: ReaderSeats;
  /** FFmpeg's own socket timeout: a last resort behind the session's watchdog. */
  socketTimeoutMs: number;
  /** For connecting, describing, setting up and the first packets together. */
  openTimeoutMs: number;
  signal: AbortSignal;
}

/**
 * Opens a camera's video track, and only that. Throws a `stream-…` error that says what is wrong, `stream-unusual` where
 * the plain client asks for FFmpeg; returns nothing when `signal` aborts meanwhile.
 */
export const openRtsp = (
  options: OpenRtspOptions,
  reader: StreamReader,
): Promise<PacketStream | undefined> =>
  reader === 'plain' && options.transport === 'tcp' ? openPlainRtsp(options) : openFfmpegRtsp(options);
