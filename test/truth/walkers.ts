import { readFile } from 'node:fs/promises';

/**
 * What an ideal watcher would report on the PETS09-S2L1 sequence (vtest.avi), computed from its ground truth alone.
 * Everything in this folder is written apart from the product's own geometry, tracking and scenarios on purpose.
 */

export type Corner = readonly [x: number, y: number];
export type Outline = readonly Corner[];

/** Where somebody stands in one picture, as shares of it, and how tall the box is. */
export interface FootPoint {
  frame: number;
  x: number;
  y: number;
  height: number;
}

const width = 768;
const height = 576;
export const framesPerSecond = 10;
/** What is hidden or steps over an edge for this long has not left. */
const blinkFrames = framesPerSecond;

/** MOT format: frame, id, left, top, width, height, flag, …; rows flagged 0 are to be ignored. One list a walker. */
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
      height: Number(h) / height,
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

/** A walker's time within an outline. */
export interface Stay {
  first: number;
  last: number;
  points: readonly FootPoint[];
}

/** Every walker's stays within the outline, in order of their beginning. */
export const staysIn = (walkers: readonly FootPoint[][], outline: Outline): Stay[] =>
  walkers
    .flatMap((points) => toStays(points.filter((point) => isWithin(point, outline))))
    .sort((a, b) => a.first - b.first);

const toStays = (points: readonly FootPoint[]): Stay[] => {
  const stays: FootPoint[][] = [];
  for (const point of points) {
    const open = stays.at(-1);
    if (open && point.frame - (open.at(-1)?.frame ?? 0) <= blinkFrames) open.push(point);
    else stays.push([point]);
  }
  return stays.map((stay) => ({ first: stay[0]?.frame ?? 0, last: stay.at(-1)?.frame ?? 0, points: stay }));
};
