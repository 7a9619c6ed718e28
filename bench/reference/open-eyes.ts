import type { Frame } from 'node-av/lib';
import type { Detection } from '../../core/schema/detection.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { createFindDetections } from '../../inference/decode/decoder.ts';
import { frameSpecOf } from '../../inference/frame-spec.ts';
import { openSession } from '../../inference/onnx/session.ts';
import { PictureScaler } from '../../ingest/decode/picture-scaler.ts';

/** The detector without queue and threads: the same session, scaling and decoding as the program's. */
export interface Eyes {
  /** Of the model's card, for the tracker. */
  readonly confidentScore: number;
  look(frame: Frame): Promise<readonly Detection[]>;
  close(): Promise<void>;
}

export interface ModelFile {
  card: ModelCard;
  path: string;
}

export const openEyes = async ({ card, path }: ModelFile): Promise<Eyes> => {
  const session = await openSession(card, path);
  const find = createFindDetections(card);
  const scaler = new PictureScaler(frameSpecOf(card));
  return {
    confidentScore: card.output.confidentScore,
    look: async (frame) => {
      const { width, height, pixels } = scaler.toPixels(frame);
      session.input.fill(pixels, width, height);
      await session.run();
      return find(session.outputs, width, height).detections;
    },
    close: async () => {
      scaler.close();
      await session.close();
    },
  };
};
