import type { ModelCard } from '../core/schema/model-card.ts';
import type { Detector, DetectorEvents, FramePools, StageDeps } from '../core/stages.ts';
import { inferenceError } from './errors.ts';
import { frameSpecOf, isSameFrameSpec } from './frame-spec.ts';
import { openDetectorThread } from './onnx/open-detector-thread.ts';
import { openQueuedDetector } from './queued-detector.ts';

export interface DetectorOptions extends StageDeps {
  card: ModelCard;
  /** A verified file: this stage does not check its sum again. */
  modelPath: string;
  /** Detector threads, each with a session and a core of its own; at least 1. */
  threads: number;
  pools: FramePools;
  /** Most frames that wait over all cameras, at least 1; one per camera waits at most. */
  queueLimit: number;
  events: DetectorEvents;
}

/**
 * Opens a model on detector threads and resolves when all of them are warm. Frames are read from their slots in
 * `pools`, which are freed as soon as they are read; boxes are shares of the picture. A thread that dies is
 * replaced after a jittered, growing time, and its frame comes back as dropped. Throws `frame-spec-mismatch`
 * when the pools were made for another model, `model-unreadable` or `model-shape-mismatch` when the file is
 * not what the card says, `detector-timeout` or `detector-thread-died` when a thread does not come up.
 */
export const openDetector = async (options: DetectorOptions): Promise<Detector> => {
  const { card, modelPath, pools, clock, log, threads } = options;
  const wanted = frameSpecOf(card);
  if (!isSameFrameSpec(pools.spec, wanted)) {
    throw inferenceError(
      'frame-spec-mismatch',
      `model '${card.id}' reads frames as ${JSON.stringify(wanted)}, but the slots are made for ${JSON.stringify(pools.spec)}; make the pools with frameSpecOf(card)`,
      { modelId: card.id },
    );
  }
  const startedAt = clock.monotonic();
  const detector = await openQueuedDetector({ ...options, modelId: card.id }, () =>
    openDetectorThread({ card, modelPath, pools, clock }),
  );
  const openMs = Math.round(clock.monotonic() - startedAt);
  log.info({ service: 'detector', modelId: card.id, threads, openMs }, 'detector is ready');
  return detector;
};
