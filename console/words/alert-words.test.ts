import { afterEach, describe, expect, it } from 'vitest';
import type { AlertFacts } from '../../core/schema/alert.ts';
import { labels } from '../../core/schema/label.ts';
import {
  obstacles,
  pictureConditions,
  type ScenarioKind,
  scenarioKinds,
} from '../../core/schema/scenario.ts';
import { alertWords } from './alert-words.ts';
import { language, languages } from './language.ts';

const dwell = { dwellMs: 180_000, limitDwellMs: 120_000 };

afterEach(() => {
  language.value = 'zh';
});

/** Mulberry32: the same numbers for the same seed everywhere. */
const createRandom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const randomFacts = (random: () => number): AlertFacts => {
  const maybe = <Value>(value: Value): Value | undefined => (random() < 0.5 ? value : undefined);
  const number = (most: number): number => Math.floor(random() * most);
  const pick = <Value>(values: readonly Value[]): Value => values[number(values.length)] as Value;
  const facts = {
    label: maybe(pick(labels)),
    count: maybe(number(500)),
    limitCount: maybe(number(500)),
    stoodAtStart: maybe(random() < 0.5),
    direction: maybe(pick(['forward', 'backward', 'both'] as const)),
    distance: maybe(number(200)),
    obstacle: maybe(pick(obstacles)),
    condition: maybe(pick(pictureConditions)),
    hits: maybe(number(100)),
    limitHits: maybe(number(100)),
    growth: maybe(number(1000)),
    usualLow: maybe(random() * 20),
    usualHigh: maybe(random() * 50),
    cameras: maybe(number(40)),
    limitCameras: maybe(number(40)),
    parts: maybe(Array.from({ length: number(8) }, () => '01KE76X8G0ZVNPVT4F41N4E9VW')),
  };
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { dwellMs: number(200_000_000), limitDwellMs: number(4_000_000), ...given };
};

describe('what an alert is about, in words', () => {
  it('says a lorry in a fire lane with how long it stood and how long it might have', () => {
    const alert = { kind: 'blockedLane', facts: { label: 'truck', ...dwell } } as const;
    expect(alertWords(alert, '消防通道')).toBe('货车在消防通道停留 3 分钟，上限 2 分钟');
    language.value = 'en';
    expect(alertWords(alert, 'fire lane')).toBe('Lorry in fire lane for 3 min, limit 2 min');
  });

  it('does not claim to know how long something stood that was there from the start', () => {
    const said = alertWords({ kind: 'blockedLane', facts: { label: 'car', stoodAtStart: true, ...dwell } });
    expect(said).toBe('轿车在通道，开始看守时已停在那里');
  });

  it('says how many cameras of how many are dark at once', () => {
    const facts = { condition: 'offline', cameras: 4, limitCameras: 12, ...dwell } as const;
    expect(alertWords({ kind: 'cameraHealth', facts })).toBe('4/12 路摄像机离线 3 分钟，上限 2 分钟');
  });

  it('tells fewer than usual from more', () => {
    const facts = { label: 'person', count: 0, usualLow: 3, usualHigh: 9.04, ...dwell } as const;
    expect(alertWords({ kind: 'unusualActivity', facts })).toBe('人异常少：0，平常 3–9');
    expect(alertWords({ kind: 'unusualActivity', facts: { ...facts, count: 20 } })).toContain('异常多：20');
  });

  const everyKind = scenarioKinds.flatMap((kind) =>
    languages.map((one): [ScenarioKind, typeof one] => [kind, one]),
  );

  it.each(everyKind)('leaves no hole in %s in %s, whatever its facts', (kind, one) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = createRandom(seed);
    language.value = one;
    for (let round = 0; round < 200; round++) {
      const facts = randomFacts(random);
      const said = alertWords({ kind, facts });
      const about = `seed ${seed}, round ${round}: ${JSON.stringify(facts)}`;
      expect(said, about).not.toMatch(/[{}]|undefined|NaN|null|\s\s/);
      expect(said.length, about).toBeGreaterThan(5);
      if (one === 'en') expect(said, about).not.toMatch(/\p{Script=Han}/u);
      else expect(said, about).toMatch(/\p{Script=Han}/u);
    }
  });
});
