import type { AlertFacts, RaisedAlert } from '../../core/schema/alert.ts';
import { conditionWord, labelWord } from './alert-terms.ts';
import type { Values } from './define-words.ts';
import { sentence } from './sentence-terms.ts';
import { saySpan } from './span.ts';

type Said = Pick<RaisedAlert, 'kind' | 'facts'>;
type SentenceKey = Parameters<typeof sentence>[0];

const has = (...values: unknown[]): boolean => values.every((value) => value !== undefined);

/**
 * What an alert is about, with its facts: `货车在消防通道停留 3 分钟，上限 2 分钟`. `zone` is the name of the zone that it
 * is about, where it has one. A fact that is absent is not made up: a shorter sentence is said.
 */
export const alertWords = ({ kind, facts }: Said, zone?: string): string => {
  const usualZone = kind === 'blockedLane' ? 'lane' : 'area';
  const text = sentence(sentenceFor({ kind, facts }), toValues(facts, zone ?? sentence(usualZone)));
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const sentenceFor = ({ kind, facts }: Said): SentenceKey => {
  switch (kind) {
    case 'crowd':
      return has(facts.limitCount) ? 'crowd' : 'crowdPlain';
    case 'lineCrossing':
      return has(facts.count, facts.limitCount) && facts.limitCount !== 1 ? 'lineCrossings' : 'lineCrossing';
    case 'wrongWay':
      return has(facts.distance) ? 'wrongWay' : 'wrongWayPlain';
    case 'blockedLane':
      return facts.stoodAtStart ? 'stoodAtStart' : 'blockedLane';
    case 'roadObstacle':
      return facts.obstacle === 'debris' ? 'obstacleDebris' : 'obstacleVehicle';
    case 'fireSmoke':
      return has(facts.hits, facts.limitHits, facts.growth) ? 'fireSmoke' : 'fireSmokePlain';
    case 'unusualActivity':
      return (facts.count ?? 0) < (facts.usualLow ?? 0) ? 'unusualFewer' : 'unusualMore';
    case 'cameraHealth':
      return has(facts.cameras, facts.limitCameras) ? 'camerasHealth' : 'cameraHealth';
    case 'intrusion':
    case 'loitering':
    case 'waterside':
    case 'composite':
      return kind;
  }
};

const toValues = (facts: AlertFacts, zone: string): Values => ({
  zone,
  what: facts.label === undefined ? sentence('something') : labelWord(facts.label),
  dwell: saySpan(facts.dwellMs),
  limit: saySpan(facts.limitDwellMs),
  count: facts.count ?? 0,
  limitCount: facts.limitCount ?? 0,
  distance: facts.distance ?? 0,
  direction: sentence(facts.direction ?? 'both'),
  hits: facts.hits ?? 0,
  limitHits: facts.limitHits ?? 0,
  growth: facts.growth ?? 0,
  low: Math.round((facts.usualLow ?? 0) * 10) / 10,
  high: Math.round((facts.usualHigh ?? 0) * 10) / 10,
  condition: facts.condition === undefined ? sentence('unusable') : conditionWord(facts.condition),
  cameras: facts.cameras ?? 0,
  limitCameras: facts.limitCameras ?? 0,
  parts: facts.parts?.length ?? 0,
});
