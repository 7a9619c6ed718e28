import type { BlurredBox } from './blurred-part.ts';

/** Pixels; right and bottom excluded. All even, for colour has half as many. */
export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Of the squares it is reduced to. */
  side: number;
}

/** Of a box's own size, to every side: boxes are not exact. */
export const margin = 0.15;
const minMargin = 6;
/** Nothing smaller than this many pixels is left, however small the box. */
const minSide = 12;
/**
 * Squares across the shorter side of a box. A face is at most some 0.4 of a person's width: a square or two of it, where
 * people recognise nobody with less than four (Näsänen, Vision Research 39, 1999). A plate (0.44 m) is a quarter of a car's
 * width: two squares for seven signs.
 */
const squaresAcross = { whole: 3, lower: 6 } as const;

/** What is blurred of a picture; nothing when the box lies beside it. */
export const toArea = (
  { box: { x, y, w, h }, part }: BlurredBox,
  size: { width: number; height: number },
): Area | undefined => {
  const across = Math.max(w * margin * size.width, minMargin);
  const down = Math.max(h * margin * size.height, minMargin);
  const from = part === 'lower' ? y + h / 2 : y;
  const left = even(Math.floor(x * size.width - across), size.width);
  const top = even(Math.floor(from * size.height - down), size.height);
  const right = even(Math.ceil((x + w) * size.width + across) + 1, size.width);
  const bottom = even(Math.ceil((y + h) * size.height + down) + 1, size.height);
  if (right <= left || bottom <= top) return undefined;
  const shorter = Math.min(w * size.width, h * size.height);
  const side = 2 * Math.round(Math.max(minSide, shorter / squaresAcross[part]) / 2);
  return { left, top, right, bottom, side };
};

const even = (value: number, most: number): number => {
  const inside = Math.min(most, Math.max(0, value));
  return inside === most ? most : inside - (inside % 2);
};
