import type { Explanation, ScenarioExplanation, VerdictCause } from '../schema/explanation.ts';
import type { CameraStatus, DropReason } from '../schema/health.ts';

/** Dormant cameras are looked at every 15 s: after two looks that did not come something holds the frames up. */
const longestLookGapMs = 31_000;
/** The present minute may have only begun, so the one before it counts too. */
const minutesOfLoad = 2;
const overload: readonly DropReason[] = ['behind', 'shed', 'detector-busy'];

export type VerdictFacts = Pick<
  Explanation,
  'at' | 'status' | 'minutes' | 'lookedAt' | 'lastDetection' | 'scenarios'
> & {
  /** The camera's thread said what it did. */
  isThreadHeard: boolean;
};

/** Why a camera raises no alert now: the first cause that holds, from the lens to the scenario. */
export const toVerdict = (facts: VerdictFacts): VerdictCause => {
  const { status, scenarios, isThreadHeard } = facts;
  const withoutPicture = causeOfState(status.state);
  if (withoutPicture) return withoutPicture;
  if (!isThreadHeard) return 'thread-silent';
  if (scenarios.length === 0) return 'no-scenario';
  if (isAny(scenarios, 'open')) return 'alerting';
  if (scenarios.every(({ state }) => state === 'off-duty')) return 'off-duty';
  if (isUnlooked(facts)) return 'no-frames';
  if (isOverloaded(facts)) return 'overloaded';
  if (isAny(scenarios, 'suppressed')) return 'suppressed';
  if (isAny(scenarios, 'building')) return 'building';
  if (status.picture) return 'bad-picture';
  return isAnythingSeen(facts) ? 'nothing-in-zone' : 'nothing-seen';
};

const isAny = (scenarios: readonly ScenarioExplanation[], wanted: ScenarioExplanation['state']): boolean =>
  scenarios.some(({ state }) => state === wanted);

const causeOfState = (state: CameraStatus['state']): VerdictCause | undefined => {
  switch (state) {
    case 'off':
      return 'off';
    case 'lost':
      return 'lost';
    case 'waiting':
    case 'connecting':
      return 'not-connected';
    case 'live':
      return undefined;
  }
};

const isUnlooked = ({ at, status, lookedAt }: VerdictFacts): boolean =>
  at - Math.max(lookedAt ?? 0, status.since) > longestLookGapMs;

const isOverloaded = ({ minutes }: VerdictFacts): boolean => {
  const lately = minutes.slice(-minutesOfLoad);
  const lost = lately.reduce(
    (sum, { dropped }) => sum + overload.reduce((frames, reason) => frames + dropped[reason], 0),
    0,
  );
  return lost > lately.reduce((sum, { inferred }) => sum + inferred, 0);
};

const isAnythingSeen = ({ minutes }: VerdictFacts): boolean =>
  minutes.some(({ detections }) => detections > 0);
