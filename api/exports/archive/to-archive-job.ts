import { decodeTime } from 'ulid';
import type { ArchiveJob } from '../../../core/archive.ts';
import type { Resources } from '../../../core/resources.ts';
import type { Export } from '../../../core/schema/export.ts';
import type { History } from '../../history/index.ts';

/** As the evidence store has it where the site does not say. */
const usualRetention = '30d';

export interface ArchiveJobDeps {
  history: Pick<History, 'alerts'>;
  resources: Pick<Resources, 'site' | 'places'>;
}

/** What an archive is made from, as it is now. Throws what the history throws. */
export const toArchiveJob = async (
  { history, resources }: ArchiveJobDeps,
  exported: Export,
  where: Pick<ArchiveJob, 'folder' | 'file' | 'limitBytes' | 'madeAt'>,
): Promise<ArchiveJob> => {
  const { alertIds, ground } = exported;
  const times = alertIds.map((id) => decodeTime(id));
  const any = { scenarioIds: [], kinds: [], severities: [], states: [], cameraIds: [] };
  const span = { from: Math.min(...times), to: Math.max(...times) + 1, limit: alertIds.length };
  const { alerts } = await history.alerts({ ...any, ...span, placePrefix: ground, alertIds });
  const found = new Set(alerts.map(({ alertId }) => alertId));
  const { id, name, timezone = 'Asia/Shanghai', evidence, model } = resources.site();
  const codes = new Set(alerts.map(({ place }) => place));
  const places = resources.places().filter(({ code }) => codes.has(code));
  return {
    exported,
    alerts: [...alerts].sort((a, b) => (a.alertId < b.alertId ? -1 : 1)),
    goneAlertIds: alertIds.filter((alertId) => !found.has(alertId)),
    site: { id, name, timezone, retention: evidence?.retention ?? usualRetention },
    ...(model === undefined ? {} : { modelId: model }),
    placeNames: Object.fromEntries(places.map(({ code, name: placeName }) => [code, placeName])),
    ...where,
  };
};
