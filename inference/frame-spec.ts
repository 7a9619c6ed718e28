import type { FrameSpec } from '../core/frame-slots.ts';
import type { ModelCard } from '../core/schema/model-card.ts';

/** How frames for this model must be written into their slots: its input's size in pixels, fit and byte order. */
export const frameSpecOf = ({ input: { width, height, fit, pixel } }: ModelCard): FrameSpec => ({
  width,
  height,
  fit,
  pixel,
});

export const isSameFrameSpec = (a: FrameSpec, b: FrameSpec): boolean =>
  a.width === b.width && a.height === b.height && a.fit === b.fit && a.pixel === b.pixel;
