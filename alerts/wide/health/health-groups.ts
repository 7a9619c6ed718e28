import type { Camera } from '../../../core/schema/camera.ts';
import { type PictureCondition, pictureConditions } from '../../../core/schema/scenario.ts';
import { toKey } from '../situation-key.ts';
import type { CameraHealth } from './health-board.ts';

/** A camera that a scenario watches over, and how it stands. */
export interface Watched {
  camera: Camera;
  health: CameraHealth;
}

export interface HealthGroup {
  key: string;
  condition: PictureCondition;
  /** The cameras that have the condition now, the first to have it first. */
  members: Watched[];
  /** How many cameras there are in the group, well or not. */
  size: number;
}

const townshipDigits = 9;

export const singleKey = (scenarioId: string, { id }: Camera): string => toKey(scenarioId, 'camera', id);

/** Cameras of one installation (or village) fail together: power, line, switch. */
const homeOf = ({ installation, place }: Camera): string[] =>
  installation === undefined
    ? ['place', place]
    : ['installation', installation, place.slice(0, townshipDigits)];

/** Cameras that nobody speaks of any more share not a line but a worker. */
const silenceOf = ({ place }: Camera): string[] => ['silence', place.slice(0, townshipDigits)];

/** The situations that a camera's trouble can be part of, were it this. */
const groupKey = (scenarioId: string, name: readonly string[], condition: PictureCondition): string =>
  toKey(scenarioId, ...name, condition);

/**
 * Sorts ailing cameras into the groups that would be alerted to as one. One that falls silent stays with its installation when
 * that has been alerted to.
 */
export const toGroups = (
  scenarioId: string,
  watched: readonly Watched[],
  isOpen: (key: string) => boolean,
): Map<string, HealthGroup> => {
  const sizes = new Map<string, number>();
  const groups = new Map<string, HealthGroup>();
  for (const { camera } of watched) {
    for (const name of [homeOf(camera), silenceOf(camera)]) {
      sizes.set(name.join(), (sizes.get(name.join()) ?? 0) + 1);
    }
  }
  for (const one of watched) {
    const condition = illnessOf(one);
    if (condition === undefined) continue;
    const home = homeOf(one.camera);
    const isWithHome = !one.health.isSilent || isOpen(groupKey(scenarioId, home, condition));
    const name = isWithHome ? home : silenceOf(one.camera);
    const key = groupKey(scenarioId, name, condition);
    const group = groups.get(key) ?? { key, condition, members: [], size: sizes.get(name.join()) ?? 0 };
    group.members.push(one);
    groups.set(key, group);
  }
  for (const { members } of groups.values()) members.sort(byOnset);
  return groups;
};

/** Every group's key that a camera might belong to. */
export const possibleGroupKeys = (scenarioId: string, camera: Camera): string[] => [
  ...pictureConditions.map((condition) => groupKey(scenarioId, homeOf(camera), condition)),
  groupKey(scenarioId, silenceOf(camera), 'offline'),
];

export const illnessOf = ({ health: { standing } }: Watched): PictureCondition | undefined =>
  standing === 'well' || standing === 'unheard' || standing === 'unknown' ? undefined : standing;

/** The village in which all stand, or else their township. */
export const commonPlace = (cameras: readonly Camera[]): string => {
  const [first = ''] = cameras.map(({ place }) => place);
  return cameras.every(({ place }) => place === first) ? first : first.slice(0, townshipDigits);
};

const byOnset = (a: Watched, b: Watched): number =>
  a.health.since - b.health.since || (a.camera.id < b.camera.id ? -1 : 1);
