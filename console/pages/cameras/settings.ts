import type { Camera } from '../../../core/schema/camera.ts';
import type { Scenario } from '../../../core/schema/scenario.ts';
import { ask, askRaw } from '../../http/ask.ts';

export interface Settings {
  cameras: Camera;
  scenarios: Scenario;
}
export type Section = keyof Settings;

export interface Stored<Value> {
  /** 0: it is not there yet. */
  revision: number;
  value: Value;
}

const pathOf = (section: Section, id: string): string => `/api/v1/settings/${section}/${id}`;

/** As configured, with the revision that a change must name. */
export const readSetting = async <Name extends Section>(
  section: Name,
  id: string,
): Promise<Stored<Settings[Name]>> => {
  const response = await askRaw(pathOf(section, id));
  const revision = Number(/\d+/.exec(response.headers.get('ETag') ?? '')?.[0] ?? 0);
  return { revision, value: (await response.json()) as Settings[Name] };
};

export interface Change {
  section: Section;
  id: string;
  /** 0 adds. */
  revision: number;
  /** Undefined removes. */
  value: unknown;
}

/** Changes it, or says what would change. Throws `setting-stale` when somebody changed it meanwhile. */
export const writeSetting = async (
  { section, id, revision, value }: Change,
  dryRun: boolean,
): Promise<{ revision: number; changes: string[] }> =>
  ask(pathOf(section, id), {
    method: value === undefined ? 'DELETE' : 'PUT',
    query: { dryRun },
    headers: revision === 0 ? { 'If-None-Match': '*' } : { 'If-Match': `"${revision}"` },
    ...(value === undefined ? {} : { body: value }),
    deadlineMs: 30_000,
  });
