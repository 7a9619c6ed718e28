import type { Metrics } from '../core/metrics.ts';
import type { LoopLoad } from '../core/runtime/loop-load.ts';
import { dropReasons } from '../core/schema/drop-reasons.ts';
import { type CameraStatus, cameraStates, type Tier } from '../core/schema/health.ts';
import { pictureSigns } from './gate/picture-signs.ts';
import { type CameraFaults, faults, noFaults } from './session/camera-faults.ts';

/** Growth of a counter that begins anew when the thread or camera behind it does. */
const growth = (now: number, before: number): number => (now >= before ? now - before : now);

const faultCounters: Readonly<Record<keyof CameraFaults, [name: string, help: string]>> = {
  decodeErrors: [
    'xueliang_ingest_decode_errors_total',
    'Packets that could not be decoded and frames with faults in them',
  ],
  lostPackets: ['xueliang_ingest_lost_packets_total', 'RTP packets that were lost on the way'],
  uselessPackets: ['xueliang_ingest_useless_packets_total', 'Packets that are no RTP, or came too late'],
  droppedUnits: [
    'xueliang_ingest_dropped_units_total',
    'Coded pictures given up because a packet of theirs was lost',
  ],
  skippedBytes: [
    'xueliang_ingest_skipped_bytes_total',
    'Bytes between the frames of an RTSP connection that belong to nothing',
  ],
};

/** Keeps the stage's numbers. Labels are closed sets: no label is a camera's name. */
export class IngestMetrics {
  readonly #metrics: Metrics;
  readonly #before = new Map<string, CameraStatus>();
  readonly #faults = new Map<number, CameraFaults>();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  frame(tier: Tier): void {
    this.#metrics.count('xueliang_ingest_frames_total', 'Frames handed to the detector', { tier });
  }

  threadLost(pool: number): void {
    this.#faults.delete(pool);
    this.#metrics.count('xueliang_ingest_thread_restarts_total', 'Camera threads that ended by themselves');
  }

  /** What one thread said of its cameras. */
  statuses(pool: number, statuses: readonly CameraStatus[], faultsOfThread: CameraFaults): void {
    for (const status of statuses) this.#count(status);
    const before = this.#faults.get(pool) ?? noFaults;
    this.#faults.set(pool, faultsOfThread);
    for (const fault of faults) {
      const [name, help] = faultCounters[fault];
      this.#metrics.count(name, help, {}, growth(faultsOfThread[fault], before[fault]));
    }
  }

  forget(cameraId: string): void {
    this.#before.delete(cameraId);
  }

  /** The state of all cameras of the worker, and of the threads they are on. */
  gauges(statuses: readonly CameraStatus[], loads: readonly LoopLoad[]): void {
    const delayMs = Math.max(0, ...loads.map((load) => load.delayP99Ms));
    const help = 'Event-loop delay of the camera thread that is latest';
    this.#metrics.gauge('xueliang_ingest_event_loop_delay_p99_seconds', help, delayMs / 1000);
    const sum = (pick: (status: CameraStatus) => number): number =>
      statuses.reduce((total, status) => total + pick(status), 0);
    for (const state of cameraStates) {
      const count = sum((status) => Number(status.state === state));
      this.#metrics.gauge('xueliang_ingest_cameras', 'Cameras by state', count, { state });
    }
    for (const condition of pictureSigns) {
      const count = sum(({ picture }) => Number(picture?.condition === condition));
      const help = 'Cameras with a fault in their picture, by what it is';
      this.#metrics.gauge('xueliang_ingest_picture_faults', help, count, { condition });
    }
    const ringBytes = sum((status) => status.ringBytes);
    this.#metrics.gauge('xueliang_ingest_ring_bytes', 'Bytes of packets in all rings', ringBytes);
    const cost = sum((status) => status.costCores);
    this.#metrics.gauge('xueliang_ingest_cost_cores', 'Cores that reading and decoding take', cost);
  }

  #count(status: CameraStatus): void {
    const before = this.#before.get(status.cameraId);
    this.#before.set(status.cameraId, status);
    for (const reason of dropReasons) {
      const by = growth(status.dropped[reason], before?.dropped[reason] ?? 0);
      this.#metrics.count('xueliang_ingest_dropped_frames_total', 'Frames not looked at', { reason }, by);
    }
    const decoded = growth(status.decoded ?? 0, before?.decoded ?? 0);
    this.#metrics.count('xueliang_ingest_decoded_total', 'Pictures decoded', {}, decoded);
    const connects = growth(status.connects, before?.connects ?? 0);
    this.#metrics.count('xueliang_ingest_connects_total', 'Streams opened', {}, connects);
  }
}
