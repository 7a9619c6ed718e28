import type { Detection } from '../../core/schema/detection.ts';
import type { Candidate } from './candidate.ts';

const clamp = (value: number, max: number): number => Math.min(max, Math.max(0, value));

/**
 * Turns boxes in pixels into shares of the picture, cut at its edges. `width` and `height` are those of the
 * picture inside the model's input: it stands at the top left at its own scale, so padding lies outside it.
 */
export const toDetections = (candidates: readonly Candidate[], width: number, height: number): Detection[] =>
  candidates.flatMap(({ label, score, ...edges }) => {
    const left = clamp(edges.left, width) / width;
    const top = clamp(edges.top, height) / height;
    const w = clamp(edges.right, width) / width - left;
    const h = clamp(edges.bottom, height) / height - top;
    return w > 0 && h > 0 ? [{ label, score, box: { x: left, y: top, w, h } }] : [];
  });
