import { readFile } from 'node:fs/promises';

/**
 * What an ideal watcher would report on the PETS09-S2L1 sequence, computed from its ground truth alone. Written
 * apart from the product's own geometry and scenarios on purpose.
 */

export type Outline = readonly (readonly [number, number])[];

/** Seconds of the sequence from the first person's entry to the zone's being clear. */
export interface Situation {
  startSeconds: number;
  endSeconds: number;
}

interface FootPoint {
  frame: number;
  x: number;
  y: number;
}

const width = 768;
const height = 576;
const framesPerSecond = 10;

/** MOT format: frame, id, left, top, width, height, flag, …; rows flagged 0 are to be ignored. Shares by walker. */
export const loadWalkers = async (file: string): Promise<FootPoint[][]> => {
  const walkers = new Map<string, FootPoint[]>();
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [frame, id = '', left, top, w, h, flag] = line.split(',');
    if (!frame || flag === '0') continue;
    const points = walkers.get(id) ?? [];
    points.push({
      frame: Number(frame) - 1,
      x: (Number(left) + Number(w) / 2) / width,
      y: (Number(top) + Number(h)) / height,
    });
    walkers.set(id, points);
  }
  return [...walkers.values()].map((points) => points.sort((a, b) => a.frame - b.frame));
};

/** Even-odd rule by counting crossings of the ray to the right. */
const isWithin = ({ x, y }: FootPoint, outline: Outline): boolean => {
  const crossings = outline.filter(([ax, ay], index) => {
    const [bx, by] = outline[(index + 1) % outline.length] ?? [ax, ay];
    return ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay);
  });
  return crossings.length % 2 === 1;
};

/** Situations in which somebody stays inside for `dwellSeconds`, joined when less than `clearSeconds` apart. */
export const situationsIn = (
  walkers: readonly FootPoint[][],
  outline: Outline,
  { dwellSeconds, clearSeconds }: { dwellSeconds: number; clearSeconds: number },
): Situation[] => {
  const stays = walkers
    .flatMap((points) =>
      staysOf(points.filter((point) => isWithin(point, outline)).map(({ frame }) => frame)),
    )
    .filter(([first, last]) => last - first >= dwellSeconds * framesPerSecond)
    .sort(([a], [b]) => a - b);
  const situations: [number, number][] = [];
  for (const [first, last] of stays) {
    const open = situations.at(-1);
    if (open && first <= open[1] + clearSeconds * framesPerSecond) open[1] = Math.max(open[1], last);
    else situations.push([first, last]);
  }
  return situations.map(([first, last]) => ({
    startSeconds: first / framesPerSecond,
    endSeconds: last / framesPerSecond,
  }));
};

/** Runs of frames with gaps of at most a second. */
const staysOf = (frames: readonly number[]): [number, number][] => {
  const stays: [number, number][] = [];
  for (const frame of frames) {
    const open = stays.at(-1);
    if (open && frame - open[1] <= framesPerSecond) open[1] = frame;
    else stays.push([frame, frame]);
  }
  return stays;
};
