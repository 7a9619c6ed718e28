import { isDeepStrictEqual } from 'node:util';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { diffResources } from '../../core/config/diff-site.ts';
import { apiError } from '../errors.ts';
import type { RouteDeps } from '../routes/route-deps.ts';
import { checkChange } from './change-site.ts';
import type { SettingSection } from './sections.ts';
import { unveilResource, veilResource } from './veil-addresses.ts';

export interface SettingChange {
  section: SettingSection | 'site';
  id: string;
  stored: { value: unknown; revision: number } | undefined;
  /** What it is to become; undefined: it is to go. */
  value: unknown;
  /** Where it lies, if in one place. */
  place: string | undefined;
  isDryRun: boolean;
}

/** Changes one resource: the revision, the soundness of the whole and the model are checked, and the audit log has it first. */
export const changeSetting = async (
  deps: Pick<RouteDeps, 'resources' | 'store' | 'trail' | 'requireFit'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { section, id, stored, value: given, place, isDryRun }: SettingChange,
): Promise<{ revision: number; changes: string[] }> => {
  const { resources, store, trail } = deps;
  const revision = expectedRevision(request, stored?.revision ?? 0);
  const value = given === undefined ? undefined : unveilResource(given, stored?.value);
  const after = checkChange(resources, section, id, value);
  if (value !== undefined && (section === 'site' || section === 'scenarios')) await deps.requireFit?.(after);
  const changes = describeChange(stored?.value, value);
  if (isDryRun) return { revision: 0, changes };
  const key = section === 'site' ? 'site.settings' : `${section}.${id}`;
  const what = value === undefined ? 'resourceRemoved' : 'resourceWritten';
  await trail.done(request, { what, target: key, ...(place === undefined ? {} : { place }) });
  const written =
    value === undefined ? await store.remove(key, revision) : await store.put(key, value, revision);
  if (written !== undefined) reply.header('ETag', `"${written}"`);
  return { revision: written ?? 0, changes };
};

/** The revision that a change is meant for. Throws when it is another by now, or when the request does not say. */
export const expectedRevision = ({ headers }: FastifyRequest, current: number): number => {
  if (headers['if-none-match'] === '*') {
    if (current === 0) return 0;
    throw apiError('setting-stale', `it is there already, with revision ${current}; change it with If-Match`);
  }
  const given = /^"?(\d{1,16})"?$/.exec(headers['if-match'] ?? '')?.[1];
  if (given === undefined) {
    throw apiError(
      'revision-missing',
      'say with If-Match which revision you have seen, or If-None-Match: * to add',
    );
  }
  if (Number(given) === current) return current;
  throw apiError(
    'setting-stale',
    `revision ${given} is not the present one (${current}); look again, then change`,
  );
};

/** What differs, in words that tell no credentials. */
export const describeChange = (before: unknown, after: unknown): string[] => {
  const toMap = (value: unknown) => new Map(value === undefined ? [] : [['it', veilResource(value)]]);
  const changes = diffResources(toMap(before), toMap(after)).flatMap(({ change, details }) =>
    change === 'change' ? details : [change],
  );
  if (changes.length > 0 || isDeepStrictEqual(before, after)) return changes;
  return ['url: what is not shown of it'];
};
