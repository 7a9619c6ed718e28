import type { ReelRecipe } from '../footage/view.ts';
import { quantile } from '../measure/quantiles.ts';
import type { Reference } from '../reference/open-reference.ts';
import type { OursRun } from '../sides/ours/run-ours.ts';
import { type Figure, fact } from './figure.ts';
import { type Encounter, isRaisedIn, matchSightings } from './match-sightings.ts';

export interface RecallOptions {
  runs: readonly OursRun[];
  reference: Reference;
  /** The reference of the other phases, for the reels that `doubtedReels` names. */
  otherPhases: readonly Reference[];
  reels: readonly ReelRecipe[];
}

/** What the program found of what the always-on reference finds on the same clips, and how soon it said so. */
export const recall = ({ runs, reference, otherPhases, reels }: RecallOptions): Figure[] => {
  if (runs.length === 0) return [];
  const sightings = runs.flatMap((run) => run.sightings);
  const { encounters, extraAlerts } = matchSightings(sightings, reference, reels);
  const dormant = encounters.filter(({ beganDormant }) => beganDormant);
  const usual = dormant.filter((encounter) => !isBrief(encounter));
  return [
    recallOf('recall, begun while dormant', usual, 0.98),
    fact('of which held for a GOP after it was fulfilled', shareFound(usual.filter(isHeld))),
    fact('of which in night noise', shareFound(usual.filter(isNight))),
    fact('shorter than a GOP, begun while dormant', shareFound(dormant.filter(isBrief))),
    fact('begun while awake', shareFound(encounters.filter(({ beganDormant }) => !beganDormant))),
    falseAlerts(runs, reference, {
      borderline: extraAlerts.filter((extra) => isRaisedIn(otherPhases, extra)).length,
      unlike: extraAlerts.filter((extra) => !isRaisedIn(otherPhases, extra)).length,
    }),
    ...latency(
      'begun while awake',
      encounters.filter((encounter) => !encounter.beganDormant),
      awakeTargets,
    ),
    ...latency('begun while dormant', dormant, dormantTargets),
  ];
};

/** Where the program raised what the reference did not: whether that was false, the reference's other phases tell. */
export const doubtedReels = ({
  runs,
  reference,
  reels,
}: Omit<RecallOptions, 'otherPhases'>): readonly ReelRecipe[] => {
  const { extraAlerts } = matchSightings(
    runs.flatMap(({ sightings }) => sightings),
    reference,
    reels,
  );
  return reels.filter(({ id }) => extraAlerts.some(({ reelId }) => reelId === id));
};

const isBrief = ({ reel }: Encounter): boolean => reel.view.pace === 'brief';
const isHeld = ({ reel, heldMs }: Encounter): boolean => heldMs >= reel.view.coding.gopSeconds * 1000;
const isNight = ({ reel }: Encounter): boolean => reel.view.light === 'night';
const isFound = ({ alert }: Encounter): boolean => alert !== undefined;

const shareFound = (encounters: readonly Encounter[]): string => {
  const clips = new Set(encounters.map(({ reel }) => reel.id)).size;
  const found = encounters.filter(isFound).length;
  const share = encounters.length === 0 ? '–' : (found / encounters.length).toFixed(3);
  return `${share} (${found} of ${encounters.length}, from ${clips} clips)`;
};

const recallOf = (name: string, encounters: readonly Encounter[], target: number): Figure => ({
  name,
  value: shareFound(encounters),
  target: `≥ ${target}`,
  isMet: encounters.length > 0 && encounters.filter(isFound).length >= target * encounters.length,
});

const hourSeconds = 3600;

/** Ours: alerts with nobody in view, or where the reference raises none in any phase. The reference's: with nobody in view. */
const falseAlerts = (
  runs: readonly OursRun[],
  reference: Reference,
  { borderline, unlike }: { borderline: number; unlike: number },
): Figure => {
  const stray = runs.reduce((sum, { strayAlerts }) => sum + strayAlerts.length, 0);
  const hours = runs.reduce((sum, run) => sum + (run.cameras * run.observedSeconds) / hourSeconds, 0);
  const watched = [...reference.values()];
  const theirs = watched.reduce((sum, entry) => sum + entry.falseAlerts, 0);
  const theirHours = watched.reduce((sum, entry) => sum + entry.watchedSeconds, 0) / hourSeconds;
  const ours = (stray + unlike) / hours;
  return {
    name: 'false alerts a camera hour',
    value:
      `${ours.toFixed(2)} (${stray} with nobody in view, ${unlike} unlike the reference, ` +
      `${borderline} more as it raises with another first picture); the reference ${(theirs / theirHours).toFixed(2)}`,
    target: 'no more',
    isMet: ours <= theirs / theirHours,
  };
};

/** Seconds, by quantile. */
type LatencyTargets = readonly (readonly [share: number, seconds: number])[];
const awakeTargets: LatencyTargets = [[0.95, 0.6]];
const dormantTargets: LatencyTargets = [
  [0.5, 1.6],
  [0.95, 2.6],
  [0.99, 4],
];

const latency = (what: string, encounters: readonly Encounter[], targets: LatencyTargets): Figure[] => {
  const seconds = encounters.flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : latencyMs / 1000));
  if (seconds.length === 0) return [];
  const shown = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${quantile(seconds, share).toFixed(2)}`);
  return [
    {
      name: `fulfilled → acknowledged, ${what}`,
      value: `${shown.join(', ')} s (${seconds.length})`,
      target: targets.map(([share, limit]) => `p${share * 100} ≤ ${limit} s`).join(', '),
      isMet: targets.every(([share, limit]) => quantile(seconds, share) <= limit),
    },
  ];
};
