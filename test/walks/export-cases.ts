import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Export, ExportStep } from '../../core/schema/export.ts';
import { alertIdAt, startAt } from '../fixtures/api/alert-events.ts';
import type { World } from './open-world.ts';
import type { CaseFacts, RouteCase, RouteCases } from './route-case.ts';
import type { Township } from './township.ts';

const url = '/api/v1/exports';
const reason = (tag: string): string => `${tag} wants this looked at again`;
let serial = 9000;

/** An export that waits, anew for each ask: an answer is its end. */
export const waiting = ({ exportStore }: World, { tag, village, alertIds }: Township, by: string): Export => {
  const exported: Export = {
    ...{ schemaVersion: 1, exportId: alertIdAt(startAt, serial++), ground: village, by, at: startAt },
    ...{ kind: 'alerts', purpose: 'disposalReview', reason: reason(tag), alertIds: [...alertIds], steps: [] },
  };
  exportStore.write(exported);
  return exported;
};

/** What somebody else did meanwhile. */
export const stepMeanwhile = ({ exportStore }: World, exportId: string, step: ExportStep): void => {
  const entry = exportStore.entries.get(exportId);
  if (!entry) throw new TypeError(`no export ${exportId}`);
  exportStore.write({ ...entry.exported, steps: [...entry.exported.steps, step] });
};

/** One that somebody else has approved, with its archive. */
const approved = ({ world, town }: CaseFacts): Export => {
  const asked = waiting(world, town, 'own');
  const exported: Export = { ...asked, steps: [{ to: 'approved', by: 'chief', at: startAt }] };
  world.exportStore.write(exported);
  writeArchive(world, town, exported.exportId);
  return exported;
};

const writeArchive = ({ folder }: World, { tag }: Township, exportId: string): void => {
  const place = path.join(folder, 'exports');
  const bytes = `${tag} archive bytes`;
  const note = { state: 'ready', bytes: bytes.length, sha256: 'a'.repeat(64), files: 2 };
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, `${exportId}.zip`), bytes);
  writeFileSync(path.join(place, `${exportId}.json`), JSON.stringify(note));
};

const archive: Pick<RouteCase, 'asks'> = {
  asks: (facts) => [{ url: `${url}/${approved(facts).exportId}/archive` }],
};

const ofOne = (path: string, by: (facts: CaseFacts) => string, payload?: object): RouteCase => ({
  asks: (facts) => [
    {
      url: `${url}/${waiting(facts.world, facts.town, by(facts)).exportId}${path}`,
      ...(payload ? { payload } : {}),
    },
  ],
});
const byLi = ({ town }: CaseFacts): string => `${town.tag}-li`;

export const exportCases: RouteCases = {
  'POST /api/v1/exports': {
    asks: ({ town, own }) =>
      [town.alertIds, [own.alertIds[0], town.alertIds[0]]].map((alertIds) => ({
        url,
        payload: { kind: 'alerts', purpose: 'disposalReview', reason: reason(own.tag), alertIds },
      })),
  },
  'GET /api/v1/exports': {
    asks: (facts) => {
      waiting(facts.world, facts.town, byLi(facts));
      const { code, village } = facts.town;
      return ['', '?state=asked', `?place=${code}`, `?place=${village}`].map((query) => ({
        url: `${url}${query}`,
      }));
    },
  },
  'GET /api/v1/exports/:exportId': ofOne('', byLi),
  'POST /api/v1/exports/:exportId/approval': ofOne('/approval', byLi, { approve: true }),
  'GET /api/v1/exports/:exportId/archive': archive,
  'POST /api/v1/exports/:exportId/archive': { ...archive, status: 202 },
  'DELETE /api/v1/exports/:exportId': ofOne('', () => 'own'),
};
