import type { Scenario } from '../../core/schema/scenario.ts';
import { blockedLaneWith, crowdWith, intrusionWith } from '../../test/fixtures/alerts/rehearsal.ts';
import { createSeededRandom, type SeededRandom } from '../../test/fixtures/inference/seeded-random.ts';
import { type Act, gathering, parking, visit } from './acts.ts';
import { NoisyCamera } from './noisy-camera.ts';

export const quietKinds = ['intrusion', 'crowd', 'blockedLane'] as const;
export type QuietKind = (typeof quietKinds)[number];

export interface QuietFigures {
  situations: number;
  /** Raised. */
  alerts: number;
  /** Situations of which nothing was said, neither that they began nor that they began again. */
  missed: number;
  resumed: number;
  updated: number;
}

const acts: Record<QuietKind, (random: SeededRandom) => Act> = {
  intrusion: visit,
  crowd: gathering,
  blockedLane: parking,
};
const actsPerSeed = 8;

const scenarioOf = (kind: QuietKind, coolDown: string | undefined): Scenario => {
  const change = coolDown === undefined ? {} : { coolDown };
  if (kind === 'crowd') return crowdWith(change);
  return kind === 'intrusion' ? intrusionWith(change) : blockedLaneWith(change);
};

/** What is said of some true situations behind a noisy camera; `coolDown` unless said is the kind's own. */
export const measureQuiet = (kind: QuietKind, seed: number, coolDown?: string): QuietFigures => {
  const random = createSeededRandom(seed);
  const camera = new NoisyCamera(scenarioOf(kind, coolDown), random);
  camera.rest(30);
  let missed = 0;
  for (let index = 0; index < actsPerSeed; index++) {
    const { seconds, script, pauseSeconds } = acts[kind](random);
    const before = camera.events.length;
    camera.show(seconds, script);
    camera.rest(pauseSeconds);
    const said = camera.events.slice(before);
    if (!said.some(({ type }) => type === 'raised' || type === 'resumed')) missed++;
  }
  const count = (wanted: string): number => camera.events.filter(({ type }) => type === wanted).length;
  return {
    situations: actsPerSeed,
    alerts: count('raised'),
    missed,
    resumed: count('resumed'),
    updated: count('updated'),
  };
};

/** Over several seeds. */
export const sumQuiet = (figures: readonly QuietFigures[]): QuietFigures => {
  const sum = (key: keyof QuietFigures): number => figures.reduce((total, one) => total + one[key], 0);
  return {
    situations: sum('situations'),
    alerts: sum('alerts'),
    missed: sum('missed'),
    resumed: sum('resumed'),
    updated: sum('updated'),
  };
};
