import type { NormalsStore } from '../../core/bus/normals-store.ts';
import { isInScope } from '../../core/config/scope.ts';
import type { Resources } from '../../core/resources.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { defaultTimezone } from '../../core/schedule.ts';
import type { Label } from '../../core/schema/label.ts';
import type { History } from '../history/index.ts';

export interface NormalsDeps {
  history: Pick<History, 'normals'>;
  store: NormalsStore;
  resources: Pick<Resources, 'site' | 'cameras' | 'scenarios'>;
  clock: Clock;
}

/**
 * The history answers one question after the other: ten cameras with 2,000 tracks a day hold it up for a second, on a
 * busy core.
 */
const camerasAtOnce = 10;

/**
 * Computes what is normal on every camera that a scenario of unusual activity watches, and stores it. Cameras that none
 * watches any more are forgotten.
 */
export const computeNormals = async ({ history, store, resources, clock }: NormalsDeps): Promise<void> => {
  const { cameraIds, labels } = wantedOf(resources);
  const timezone = resources.site().timezone ?? defaultTimezone;
  for (let from = 0; from < cameraIds.length; from += camerasAtOnce) {
    const asked = cameraIds.slice(from, from + camerasAtOnce);
    const now = Math.round(clock.now());
    const found = await history.normals({ cameraIds: asked, labels, timezone, until: now });
    for (const normals of found) {
      await store.put({ schemaVersion: 1, computedAt: now, timezone, ...normals });
    }
  }
  const kept = new Set(cameraIds);
  for (const cameraId of await store.cameraIds()) if (!kept.has(cameraId)) await store.remove(cameraId);
};

const wantedOf = (resources: NormalsDeps['resources']): { cameraIds: string[]; labels: Label[] } => {
  const unusual = resources.scenarios().filter((scenario) => scenario.kind === 'unusualActivity');
  const watched = resources
    .cameras()
    .filter((camera) => unusual.some((scenario) => isInScope(scenario, camera)));
  return {
    cameraIds: watched.map(({ id }) => id),
    labels: [...new Set(unusual.flatMap((scenario) => scenario.labels))],
  };
};
