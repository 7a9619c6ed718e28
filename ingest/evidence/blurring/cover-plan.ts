import type { Box } from '../../../core/schema/geometry.ts';
import type { BlurredBox, BlurredPart } from './blurred-part.ts';

/** What was found at one moment of a clip. */
export interface Look {
  ptsUs: number;
  found: readonly BlurredBox[];
}

/** A third more than the time between two looks: somebody not found at one look is covered by the looks around it. */
const holdUs = 300_000;
/** Not found for so long, it is another one. */
const maxGapUs = 1_000_000;
/** How far the middle of something may go from look to look, in its own sizes. */
const maxSteps = 1.5;

interface Seen {
  ptsUs: number;
  box: Box;
}

/** One thing over several looks, as far as places tell. It is no track and is forgotten with the plan. */
interface Chain {
  part: BlurredPart;
  seen: Seen[];
}

/** What of each picture of a clip is blurred. */
export class CoverPlan {
  readonly #chains: readonly Chain[];

  private constructor(chains: readonly Chain[]) {
    this.#chains = chains;
  }

  /** Joins what was found from look to look; these are in the order of time. */
  static of(looks: readonly Look[]): CoverPlan {
    const chains: Chain[] = [];
    for (const { ptsUs, found } of looks) {
      const open = chains.filter(({ seen }) => ptsUs - (seen.at(-1)?.ptsUs ?? ptsUs) <= maxGapUs);
      const joined = join(open, found);
      for (const { box, part } of found) {
        const chain = joined.get(box);
        if (chain) chain.seen.push({ ptsUs, box });
        else chains.push({ part, seen: [{ ptsUs, box }] });
      }
    }
    return new CoverPlan(chains);
  }

  /**
   * What is covered at a moment: all that was found less than a third of a second before or after, where it was found, for it
   * may have been joined wrongly; between two looks everything that lies between the two places; before the first and behind
   * the last on the way it was going.
   */
  at(ptsUs: number): BlurredBox[] {
    return this.#chains.flatMap(({ part, seen }) => {
      const near = seen.filter((one) => Math.abs(one.ptsUs - ptsUs) <= holdUs).map(({ box }) => box);
      const way = placeAt(seen, ptsUs);
      return (way ? [...near, way] : near).map((box) => ({ box, part }));
    });
  }
}

/** The nearest pairs first; each chain and each box once. */
const join = (chains: readonly Chain[], found: readonly BlurredBox[]): Map<Box, Chain> => {
  const pairs = chains.flatMap((chain) =>
    found.flatMap(({ box, part }) => {
      const last = chain.seen.at(-1);
      const steps = last && part === chain.part ? stepsBetween(last.box, box) : Number.POSITIVE_INFINITY;
      return steps <= maxSteps ? [{ chain, box, steps }] : [];
    }),
  );
  const joined = new Map<Box, Chain>();
  const taken = new Set<Chain>();
  for (const { chain, box } of pairs.sort((a, b) => a.steps - b.steps)) {
    if (taken.has(chain) || joined.has(box)) continue;
    taken.add(chain);
    joined.set(box, chain);
  }
  return joined;
};

const stepsBetween = (a: Box, b: Box): number => {
  const across = Math.abs(a.x + a.w / 2 - b.x - b.w / 2) / Math.max(a.w, b.w);
  const down = Math.abs(a.y + a.h / 2 - b.y - b.h / 2) / Math.max(a.h, b.h);
  return Math.hypot(across, down);
};

const placeAt = (seen: readonly Seen[], ptsUs: number): Box | undefined => {
  const after = seen.findIndex((one) => one.ptsUs >= ptsUs);
  const next = seen[after];
  const last = after === -1 ? seen.at(-1) : seen[after - 1];
  if (last && next) return around(last.box, next.box);
  const edge = last ?? next;
  if (!edge || Math.abs(ptsUs - edge.ptsUs) > holdUs) return undefined;
  const beside = last ? seen.at(-2) : seen[1];
  return beside ? around(edge.box, goneOn(beside, edge, ptsUs)) : edge.box;
};

/** Where it is when it goes on as it went between two looks. */
const goneOn = (from: Seen, to: Seen, ptsUs: number): Box => {
  const share = (ptsUs - to.ptsUs) / (to.ptsUs - from.ptsUs);
  const { x, y, w, h } = to.box;
  return { x: x + (x - from.box.x) * share, y: y + (y - from.box.y) * share, w, h };
};

/** The smallest box around two. It may reach beyond the picture. */
const around = (a: Box, b: Box): Box => {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
};
