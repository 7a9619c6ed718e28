import { type LabelGroup, toLabelGroup } from '../label-group.ts';
import type { Candidate } from './candidate.ts';

export interface SuppressOptions {
  /** A box that overlaps a better one of its group by more than this is the same object. */
  maxIou: number;
  /** At most this many boxes are left. */
  limit: number;
}

const areaOf = ({ left, top, right, bottom }: Candidate): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

/** Intersection over union; 0 for boxes without area. */
export const candidateIou = (a: Candidate, b: Candidate): number => {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  const union = areaOf(a) + areaOf(b) - both;
  return union > 0 ? both / union : 0;
};

/** Comparisons grow with the square of this; a full market square gives some hundred candidates. */
const candidateLimit = 1000;

/**
 * Leaves one box per object: greedy suppression by score, best first. Car, bus and truck are one group, so are
 * bicycle and motorcycle, because a small model gives one vehicle two names; across groups nothing is
 * suppressed, so a rider and the motorcycle both stay.
 */
export const suppress = (
  candidates: readonly Candidate[],
  { maxIou, limit }: SuppressOptions,
): Candidate[] => {
  const ordered = candidates.toSorted((a, b) => b.score - a.score).slice(0, candidateLimit);
  const keptByGroup = new Map<LabelGroup, Candidate[]>();
  const kept: Candidate[] = [];
  for (const candidate of ordered) {
    if (kept.length === limit) break;
    const group = toLabelGroup(candidate.label);
    const rivals = keptByGroup.get(group) ?? [];
    if (rivals.some((rival) => candidateIou(rival, candidate) > maxIou)) continue;
    rivals.push(candidate);
    keptByGroup.set(group, rivals);
    kept.push(candidate);
  }
  return kept;
};
