import { setImmediate as nextTurn } from 'node:timers/promises';
import type { History } from '../../api/history/index.ts';
import type { Resources } from '../../core/resources.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { defaultTimezone } from '../../core/schedule.ts';
import type { WhatIfReport, WhatIfRequest } from '../../core/schema/what-if.ts';
import { whatIfError } from '../../core/what-if/errors.ts';
import type { WhatIf } from '../../core/what-if/what-if.ts';
import { alertsAt, loadLiveAlerts } from './live-alerts.ts';
import { planWhatIf } from './plan.ts';
import { rerunCamera } from './rerun-camera.ts';
import { ReportBuilder } from './to-report.ts';

export interface WhatIfOptions {
  history: Pick<History, 'alerts' | 'observations'>;
  resources: Resources;
  clock: Pick<Clock, 'monotonic'>;
  /** Beyond it `whatif-late`; ten minutes unless told. */
  deadlineMs?: number;
}

const defaultDeadlineMs = 600_000;
/** Work at one go: the process that runs it answers others meanwhile. */
const sliceMs = 10;

/** Runs scenarios again over the history, one question at a time, in slices. */
export const createWhatIf = (options: WhatIfOptions): WhatIf => {
  let isBusy = false;
  return {
    ask: async (request, ground) => {
      if (isBusy) throw whatIfError('whatif-busy', 'another question is being answered; ask again later');
      isBusy = true;
      try {
        return await answer(options, request, ground);
      } finally {
        isBusy = false;
      }
    },
  };
};

const answer = async (
  options: WhatIfOptions,
  request: WhatIfRequest,
  ground: string,
): Promise<WhatIfReport> => {
  const { history, resources } = options;
  const plan = planWhatIf(resources, request, ground);
  const pause = createPause(options);
  const report = new ReportBuilder(request, resources.site().timezone ?? defaultTimezone);
  const { scenarioIds, startAt, cameras } = plan;
  const live = await loadLiveAlerts(history, { ground, scenarioIds, startAt, to: request.to }, pause);
  for (const camera of cameras) {
    const { id: cameraId } = camera.before.camera;
    const alerts = live.get(cameraId) ?? [];
    const chunks = history.observations({ cameraId, placePrefix: ground, from: startAt, to: request.to });
    const rerun = await rerunCamera({ plan: camera, chunks, pause, alertsAt: (at) => alertsAt(alerts, at) });
    report.add(cameraId, rerun, alerts);
  }
  return report.build();
};

/** Gives others their turn whenever a slice is used up, and ends what has taken too long. */
const createPause = ({ clock, deadlineMs = defaultDeadlineMs }: WhatIfOptions): (() => Promise<void>) => {
  const startedAt = clock.monotonic();
  let turnAt = startedAt;
  return async () => {
    if (clock.monotonic() - startedAt > deadlineMs) {
      throw whatIfError(
        'whatif-late',
        `it takes longer than ${deadlineMs / 1000} s; ask for fewer cameras or days`,
      );
    }
    if (clock.monotonic() - turnAt < sliceMs) return;
    await nextTurn();
    turnAt = clock.monotonic();
  };
};
