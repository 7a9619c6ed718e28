import { describe, expect, it } from 'vitest';
import type { Box, Point } from '../../core/schema/geometry.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { directionNear, lineDistance, movementOf, netCrossings, type Polyline } from './line-geometry.ts';

/** Runs up the picture: its left is the picture's left. */
const upright: Polyline = [
  [0.5, 0.75],
  [0.5, 0.25],
];
/** Runs to the right: its left is above it. */
const level: Polyline = [
  [0.25, 0.5],
  [0.75, 0.5],
];
/** A corner at [0.5, 0.5]. */
const bent: Polyline = [
  [0.25, 0.25],
  [0.5, 0.5],
  [0.75, 0.25],
];

const over = (path: readonly Point[], line: Polyline): number =>
  path.reduce((sum, point, index) => sum + netCrossings(path[index - 1] ?? point, point, line), 0);

describe('netCrossings', () => {
  it.each<[string, Point[], Polyline, number]>([
    [
      'from left to right of a line upwards',
      [
        [0.25, 0.5],
        [0.75, 0.5],
      ],
      upright,
      1,
    ],
    [
      'from its right to its left',
      [
        [0.75, 0.5],
        [0.25, 0.5],
      ],
      upright,
      -1,
    ],
    [
      'from above to below a line to the right',
      [
        [0.5, 0.25],
        [0.5, 0.75],
      ],
      level,
      1,
    ],
    [
      'beside its end',
      [
        [0.25, 0.125],
        [0.75, 0.125],
      ],
      upright,
      0,
    ],
    [
      'onto it and on',
      [
        [0.25, 0.5],
        [0.5, 0.5],
        [0.75, 0.5],
      ],
      upright,
      1,
    ],
    [
      'onto it and back',
      [
        [0.25, 0.5],
        [0.5, 0.5],
        [0.25, 0.5],
      ],
      upright,
      0,
    ],
    [
      'onto it from the other side and back',
      [
        [0.75, 0.5],
        [0.5, 0.5],
        [0.75, 0.5],
      ],
      upright,
      0,
    ],
    [
      'onto it, along it and on',
      [
        [0.25, 0.5],
        [0.5, 0.5],
        [0.5, 0.375],
        [0.75, 0.375],
      ],
      upright,
      1,
    ],
    [
      'onto it, along it and back',
      [
        [0.25, 0.5],
        [0.5, 0.5],
        [0.5, 0.375],
        [0.25, 0.375],
      ],
      upright,
      0,
    ],
    [
      'along all of it, from beyond to beyond',
      [
        [0.125, 0.5],
        [0.875, 0.5],
      ],
      level,
      0,
    ],
    [
      'through a corner',
      [
        [0.5, 0.25],
        [0.5, 0.75],
      ],
      bent,
      1,
    ],
    [
      'onto a corner and on',
      [
        [0.5, 0.25],
        [0.5, 0.5],
        [0.5, 0.75],
      ],
      bent,
      1,
    ],
    [
      'onto a corner and back',
      [
        [0.5, 0.75],
        [0.5, 0.5],
        [0.5, 0.75],
      ],
      bent,
      0,
    ],
    [
      'past a corner, level with it',
      [
        [0.25, 0.5],
        [0.75, 0.5],
      ],
      bent,
      0,
    ],
    [
      'over both arms, and so out where it came in',
      [
        [0.125, 0.375],
        [0.875, 0.375],
      ],
      bent,
      0,
    ],
    [
      'nowhere, on the line',
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      level,
      0,
    ],
    [
      'a line of one place',
      [
        [0.25, 0.5],
        [0.75, 0.5],
      ],
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      0,
    ],
  ])('counts %s', (_, path, line, expected) => {
    expect(over(path, line)).toBe(expected);
    // `|| 0`: a sum of zeros turned round is -0.
    expect(over(path.toReversed(), line)).toBe(-expected || 0);
    expect(over(path, line.toReversed())).toBe(-expected || 0);
  });

  it.each<[string, Point, number]>([
    ['lower, so below a level line', [0.5, 0.5], 1],
    ['lower, and further right: its first end is crossed', [0.25, 0.5], 1],
  ])('takes what is on the line for %s', (_, on, expected) => {
    expect(over([[on[0], 0.25], on], level)).toBe(expected);
    expect(over([on, [on[0], 0.75]], level)).toBe(0);
  });

  it('takes what is on an upright line for further right', () => {
    expect(
      over(
        [
          [0.25, 0.5],
          [0.5, 0.5],
        ],
        upright,
      ),
    ).toBe(1);
    expect(
      over(
        [
          [0.5, 0.5],
          [0.75, 0.5],
        ],
        upright,
      ),
    ).toBe(0);
  });

  it('counts what passes exactly through the end of a line once or never, but the same in one step and in two', () => {
    for (const end of [upright[0], upright[1], level[0], level[1]] as Point[]) {
      for (const [dx, dy] of [
        [0.125, 0],
        [0, 0.125],
        [0.125, 0.125],
        [0.125, -0.125],
      ] as Point[]) {
        const path: Point[] = [[end[0] - dx, end[1] - dy], end, [end[0] + dx, end[1] + dy]];
        const ends = [path[0], path[2]] as Point[];

        expect(over(path, upright)).toBe(over(ends, upright));
        expect(over(path, level)).toBe(over(ends, level));
      }
    }
  });
});

/**
 * The same question answered another way: in whole numbers without bound, with the path really moved by a hair, so
 * that nothing touches, and the point of intersection solved for.
 */
const exactCrossings = (from: Point, to: Point, line: Polyline): number => {
  const fine = 2n ** 80n;
  const down = 2n ** 40n;
  const whole = ([x, y]: Point, [right, lower]: [bigint, bigint] = [0n, 0n]): [bigint, bigint] => [
    BigInt(Math.round(x * 2 ** 24)) * fine + right,
    BigInt(Math.round(y * 2 ** 24)) * fine + lower,
  ];
  const [a, b] = [whole(from, [1n, down]), whole(to, [1n, down])];
  let net = 0;
  for (let index = 1; index < line.length; index++) {
    const [s, e] = [whole(line[index - 1] as Point), whole(line[index] as Point)];
    const [dx, dy, lx, ly] = [b[0] - a[0], b[1] - a[1], e[0] - s[0], e[1] - s[1]];
    const bottom = dx * ly - dy * lx;
    if (bottom === 0n) continue;
    // from + t·d = start + u·l, both shares between 0 and 1
    const [t, u] = [(s[0] - a[0]) * ly - (s[1] - a[1]) * lx, (s[0] - a[0]) * dy - (s[1] - a[1]) * dx];
    const isWithin = (share: bigint): boolean =>
      bottom > 0n ? share >= 0n && share <= bottom : share <= 0n && share >= bottom;
    // What goes to the right of a line turns clockwise from it, y downwards: dx·ly < dy·lx.
    if (isWithin(t) && isWithin(u)) net += bottom < 0n ? 1 : -1;
  }
  return net;
};

describe('netCrossings, against whole numbers without bound', () => {
  it.each(Array.from({ length: 8 }, freshSeed))(
    'agrees on random steps, most of them degenerate (seed %i)',
    (seed) => {
      const { next: random } = createSeededRandom(seed);
      // Coarse coordinates meet in corners and lie in one line all the time; fine ones never do.
      for (let round = 0; round < 2000; round++) {
        const steps = [2, 4, 8, 1e9][round % 4] ?? 2;
        const pick = (): Point => [
          Math.round(random() * steps) / steps,
          Math.round(random() * steps) / steps,
        ];
        const line = Array.from({ length: 2 + Math.floor(random() * 5) }, pick);
        const path = Array.from({ length: 2 + Math.floor(random() * 4) }, pick);
        const exact = path.reduce(
          (sum, point, at) => sum + exactCrossings(path[at - 1] ?? point, point, line),
          0,
        );

        expect(over(path, line), `seed ${seed}, round ${round}`).toBe(exact);
      }
    },
  );

  it.each(Array.from({ length: 4 }, freshSeed))(
    'a closed path around nothing but the line comes out even (seed %i)',
    (seed) => {
      const { next: random } = createSeededRandom(seed);
      for (let round = 0; round < 2000; round++) {
        const pick = (): Point => [Math.round(random() * 4) / 4, Math.round(random() * 4) / 4];
        const ring = Array.from({ length: 5 }, pick);
        // Whoever walks round a ring crosses another ring as often inwards as outwards.
        const path = [...ring, ring[0] as Point];
        const fence = Array.from({ length: 4 }, pick);

        expect(over(path, [...fence, fence[0] as Point]), `seed ${seed}, round ${round}`).toBe(0);
      }
    },
  );
});

it('measures in heights of the picture: across is longer than it seems', () => {
  expect(lineDistance([0.25, 0.5], upright)).toBeCloseTo((0.25 * 16) / 9);
  expect(lineDistance([0.5, 0.125], level)).toBeCloseTo(0.375);
  expect(lineDistance([0.5, 0.125], upright)).toBeCloseTo(0.125);
  expect(lineDistance([0.5, 0.5], [])).toBe(Number.POSITIVE_INFINITY);
});

it('gives the direction of the nearest part of a line, and none of a line without length', () => {
  expect(directionNear([0.5, 0.5], upright)).toEqual([0, -1]);
  expect(directionNear([0.3, 0.1], bent)[1]).toBeGreaterThan(0);
  expect(directionNear([0.7, 0.1], bent)[1]).toBeLessThan(0);
  expect(
    directionNear(
      [0.5, 0.5],
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    ),
  ).toEqual([0, 0]);
});

const box: Box = { x: 0.4, y: 0.4, w: 0.2, h: 0.2 };

it.each<[string, Box, Box, Point]>([
  ['a step to the right', box, { ...box, x: 0.5 }, [(0.1 * 16) / 9, 0]],
  ['a step up', box, { ...box, y: 0.3 }, [0, -0.1]],
  ['its left half being hidden', box, { ...box, x: 0.5, w: 0.1 }, [0, 0]],
  ['its lower half being hidden', box, { ...box, h: 0.1 }, [0, 0]],
  ['coming nearer', box, { x: 0.35, y: 0.38, w: 0.3, h: 0.3 }, [0, 0.08]],
  ['being cut by the right edge', { ...box, x: 0.75 }, { ...box, x: 0.95 }, [(0.05 * 16) / 9, 0]],
  ['being cut by the lower edge', { ...box, y: 0.8 }, { ...box, y: 0.9 }, [0, 0]],
])('tells movement from %s', (_, before, after, [x, y]) => {
  const [mx, my] = movementOf(before, after);

  expect(mx).toBeCloseTo(x);
  expect(my).toBeCloseTo(y);
});
