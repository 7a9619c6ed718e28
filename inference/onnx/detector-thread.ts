import { setPriority } from 'node:os';
import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toAppError } from '../../core/errors.ts';
import { type FrameRef, FrameSlots } from '../../core/frame-slots.ts';
import { nameThread } from '../../core/runtime/thread.ts';
import type { Looked } from '../looker.ts';
import { SlotClaim } from '../slot-claim.ts';
import type { Answer, Demand, DetectorThreadData } from './messages.ts';
import { openPictureDetector } from './picture-detector.ts';

/**
 * A run takes the core for twenty milliseconds and is not late for another few; whoever reads cameras and tells of alerts has
 * little to do each time, and holds all others up. Linux counts it for the calling thread alone (setpriority(2)). Measured in
 * docs/performance.md.
 */
const niceness = 5;

/** Reads a frame from its slot, frees the slot, and finds what is in the picture. */
type Look = (frame: FrameRef) => Promise<Looked>;

const openLook = async ({ card, modelPath, pools, claim }: DetectorThreadData) => {
  const detector = await openPictureDetector(card, modelPath);
  const slots = pools.buffers.map((buffer) => FrameSlots.from(buffer, pools.slotsPerPool, pools.spec));
  const slotClaim = new SlotClaim(claim);
  const look: Look = ({ pool, slot, width, height }) => {
    const frames = slots[pool];
    if (!frames) throw new RangeError(`there is no pool ${pool} of frames`);
    return detector.look({ width, height, pixels: frames.pixels(slot) }, () => {
      if (slotClaim.claim()) frames.release(slot);
    });
  };
  return { look, close: () => detector.close() };
};

/** The thread's life: opens the model, then looks at one frame after the other until told to close. */
const serve = async (port: MessagePort, data: DetectorThreadData): Promise<void> => {
  nameThread('detector');
  setPriority(niceness);
  const post = (answer: Answer): void => port.postMessage(answer);
  const opened = await openLook(data).catch((error: unknown) => {
    const { code, message } = toAppError(error);
    post({ kind: 'refused', code, message });
  });
  if (!opened) {
    port.close();
    return;
  }
  let work = Promise.resolve();
  port.on('message', (demand: Demand) => {
    work = work.then(async () => {
      if (demand.kind === 'look') return post({ kind: 'looked', looked: await opened.look(demand.frame) });
      await opened.close();
      port.close();
    });
  });
  post({ kind: 'ready' });
};

if (!isMainThread && parentPort) await serve(parentPort, workerData as DetectorThreadData);
