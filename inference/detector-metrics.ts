import type { Metrics } from '../core/metrics.ts';
import type { DropReason } from '../core/schema/health.ts';
import type { Looked } from './looker.ts';

/** The numbers that the inference stage keeps about itself. */
export interface DetectorMetrics {
  waiting(frames: number): void;
  threads(alive: number): void;
  waited(ms: number): void;
  looked(looked: Looked): void;
  dropped(reason: DropReason): void;
  restarted(): void;
}

export const createDetectorMetrics = (metrics: Metrics): DetectorMetrics => ({
  waiting: (frames) =>
    metrics.gauge('xueliang_inference_queue_frames', 'Frames that wait for a detector thread', frames),
  threads: (alive) =>
    metrics.gauge('xueliang_inference_threads', 'Detector threads that are ready or at work', alive),
  waited: (ms) =>
    metrics.observe('xueliang_inference_wait_seconds', 'Time of a frame in the queue', ms / 1000),
  looked: ({ findings, timings }) => {
    const help = 'Time of a detector thread on one frame';
    for (const [step, ms] of [
      ['preprocess', timings.preprocessMs],
      ['run', timings.runMs],
      ['decode', timings.decodeMs],
    ] as const) {
      metrics.observe('xueliang_inference_frame_seconds', help, ms / 1000, { step });
    }
    metrics.count('xueliang_inference_detections_total', 'Boxes found', {}, findings.detections.length);
    metrics.count(
      'xueliang_inference_discarded_boxes_total',
      'Boxes whose numbers were not finite',
      {},
      findings.discarded,
    );
  },
  dropped: (reason) =>
    metrics.count('xueliang_inference_dropped_frames_total', 'Frames not looked at', { reason }),
  restarted: () =>
    metrics.count('xueliang_inference_thread_restarts_total', 'Detector threads that had to be replaced'),
});
