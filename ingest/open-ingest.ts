import assert from 'node:assert/strict';
import type { FrameSpec } from '../core/frame-slots.ts';
import type { Ingest, IngestEvents, StageDeps } from '../core/stages.ts';
import { ingestError } from './errors.ts';
import { CameraIngest } from './ingest.ts';
import type { PacketRingLimits } from './ring/packet-ring.ts';
import { parseNetworks } from './rtsp/address-guard.ts';

export interface OpenIngestOptions extends StageDeps {
  workerId: string;
  /** Camera threads; a core each is more than enough for what they are given. */
  threads: number;
  /** Cameras that FFmpeg may read at a time, over all threads. */
  ffmpegCameras: number;
  /** How the detector wants its pictures. */
  spec: FrameSpec;
  /** Frames that may wait for the detector, for each thread. */
  slotsPerPool: number;
  /** Frames a second for the detector while something changes in a camera's picture. */
  awakeFps: number;
  /** CIDR blocks or addresses that cameras may be at; empty: none. */
  allowedNetworks: readonly string[];
  /** Where pictures and clips go; must exist. */
  evidenceFolder: string;
  /** Bounds of each camera's packets in memory. */
  ring: PacketRingLimits;
  /** Connections that the cameras of one installation may open. */
  connects?: { burst: number; perSecond: number };
  /** Frees that many bytes in the evidence folder; resolves to whether it could. */
  makeRoom?: (sizeBytes: number) => Promise<boolean>;
  events: IngestEvents;
}

const openTimeoutMs = 30_000;

/**
 * Starts the camera threads and resolves when they take cameras. A camera that cannot be opened is no error here: its
 * status says why, and it is tried again until it is removed. Throws `network-invalid` for a network that is none and
 * `camera-thread-lost` when the threads do not start.
 *
 * A camera read by FFmpeg holds one thread of libuv's pool while it waits for packets: the process must have been started with
 * `UV_THREADPOOL_SIZE` of at least `ffmpegCameras` and 16 more.
 */
export const openIngest = async (options: OpenIngestOptions): Promise<Ingest> => {
  const { allowedNetworks, awakeFps, clock, slotsPerPool, threads } = options;
  assert(threads >= 1 && slotsPerPool >= 1 && awakeFps > 0, 'ingest needs a thread, a slot and a rate');
  parseNetworks(allowedNetworks);
  const ingest = new CameraIngest(options);
  const opened = new AbortController();
  const isReady = await Promise.race([
    ingest.ready().then(() => true),
    clock.sleep(openTimeoutMs, opened.signal).then(() => false),
  ]);
  opened.abort();
  if (isReady) return ingest;
  await ingest.close();
  throw ingestError('camera-thread-lost', 'the camera threads do not start; see the log for the reason');
};
