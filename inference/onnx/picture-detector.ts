import type { ModelCard } from '../../core/schema/model-card.ts';
import type { Looked } from '../looker.ts';
import { FittedSessions } from './fitted-sessions.ts';

/** A picture as `frameSpecOf` says that it must lie: packed pixels, row by row, at its own size. */
export interface PackedPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** Looks at one picture after the other on its caller's thread, which a run blocks. */
export interface PictureDetector {
  /** `onRead`: the pixels are not needed any longer. */
  look(picture: PackedPicture, onRead?: () => void): Promise<Looked>;
  close(): Promise<void>;
}

/**
 * Opens a model for looking at pictures without queue and threads; a detector thread is one of these behind a port.
 * Throws `model-unreadable`, `model-shape-mismatch`.
 */
export const openPictureDetector = async (card: ModelCard, modelPath: string): Promise<PictureDetector> => {
  const sessions = await FittedSessions.open(card, modelPath);
  return {
    look: async (picture, onRead = () => undefined) => {
      const startedAt = performance.now();
      const { width, height, pixels } = picture;
      const session = await sessions.of({ width, height });
      session.input.fill(pixels, width, height);
      onRead();
      const filledAt = performance.now();
      await session.run();
      const ranAt = performance.now();
      const findings = session.find(session.outputs, width, height);
      const timings = {
        preprocessMs: filledAt - startedAt,
        runMs: ranAt - filledAt,
        decodeMs: performance.now() - ranAt,
      };
      return { findings, timings };
    },
    close: () => sessions.close(),
  };
};
