import type { FrameRef } from '../../core/frame-slots.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import type { FramePools } from '../../core/stages.ts';
import type { Looked } from '../looker.ts';

/** What a detector thread is born with. The pools are shared memory: nothing of them is copied. */
export interface DetectorThreadData {
  card: ModelCard;
  modelPath: string;
  pools: FramePools;
  claim: SharedArrayBuffer;
}

/** To the thread. A frame is its reference: the pixels stay in their slot. */
export type Demand = { kind: 'look'; frame: FrameRef } | { kind: 'close' };

/** From the thread. */
export type Answer =
  | { kind: 'ready' }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'looked'; looked: Looked };
