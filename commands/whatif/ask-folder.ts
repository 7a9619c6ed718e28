import path from 'node:path';
import { openHistory } from '../../api/history/index.ts';
import { createMetrics } from '../../core/metrics.ts';
import type { Resources } from '../../core/resources.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { Site } from '../../core/schema/site.ts';
import type { WhatIfReport, WhatIfRequest } from '../../core/schema/what-if.ts';
import type { Invocation } from '../command.ts';
import { createWhatIf } from './create-what-if.ts';

/** Nobody else waits for this process. */
const deadlineMs = 3_600_000;

/** Answers from the history itself, while no API owns it. Throws what `openHistory` throws. */
export const askFolder = async (
  { environment, log }: Invocation,
  site: Site,
  request: WhatIfRequest,
): Promise<WhatIfReport> => {
  const { dataFolder, clickhouseUrl } = environment;
  const history = await openHistory({
    folder: path.join(dataFolder, 'history'),
    ...(clickhouseUrl === undefined ? {} : { url: clickhouseUrl }),
    ...{ clock: systemClock, log: log.child({}, { level: 'warn' }), metrics: createMetrics() },
  });
  try {
    const whatIf = createWhatIf({ history, resources: toResources(site), clock: systemClock, deadlineMs });
    return await whatIf.ask(request, site.site.place);
  } finally {
    await history.close();
  }
};

const toResources = (site: Site): Resources => ({
  site: () => site.site,
  places: () => site.places,
  cameras: () => site.cameras,
  scenarios: () => site.scenarios,
  calendars: () => site.calendars ?? [],
  loudspeakers: () => site.loudspeakers ?? [],
  webhooks: () => site.webhooks ?? [],
  upstreams: () => site.upstreams ?? [],
  subscribers: () => site.subscribers ?? [],
  users: () => site.users ?? [],
  keys: () => site.keys ?? [],
  responders: () => site.responders ?? [],
  monitoringPoints: () => site.monitoringPoints ?? [],
});
