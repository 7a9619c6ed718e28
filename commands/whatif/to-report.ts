import type { Alert } from '../../core/schema/alert.ts';
import type { WhatIfAlert, WhatIfCamera, WhatIfReport, WhatIfRequest } from '../../core/schema/what-if.ts';
import { pairSameFrames, pairSituations } from './compare-alerts.ts';
import type { CameraRerun } from './rerun-camera.ts';
import type { RerunAlert } from './scenario-rerun.ts';

/** Alerts in one list of the report, and spans of one camera: it has to fit into one message of the bus. */
const maxListed = 300;
const maxSpans = 20;

/** Puts the cameras' comparisons together. */
export class ReportBuilder {
  readonly #request: WhatIfRequest;
  readonly #report: WhatIfReport;
  #isTruncated = false;

  constructor(request: WhatIfRequest, timezone: string) {
    const { scenarioId, from, to } = request;
    this.#request = request;
    this.#report = {
      ...(scenarioId === undefined ? {} : { scenarioId }),
      ...{ from, to, timezone, isTruncated: false },
      ...{ cameras: [], gained: [], lost: [], kept: [], missing: [], surplus: [] },
    };
  }

  add(cameraId: string, rerun: CameraRerun, liveAlerts: readonly Alert[]): void {
    const before = rerun.before.filter(this.#isInSpan);
    const after = rerun.after.filter(this.#isInSpan);
    const live = liveAlerts.filter(this.#isInSpan);
    const isOther = ({ scenarioId, receivedAt }: RerunAlert | Alert): boolean =>
      rerun.otherSettings.get(scenarioId)?.has(receivedAt) ?? false;
    const compared = live.filter((alert) => !isOther(alert));
    const ids = new Map(pairSameFrames(before, live).both.map(([alert, { alertId }]) => [alert, alertId]));
    const toRow = (alert: RerunAlert): WhatIfAlert => toAlert(alert, ids.get(alert));
    const again = pairSameFrames(
      compared,
      before.filter((alert) => !isOther(alert)),
    );
    const { both, onlyBefore, onlyAfter } = pairSituations(before, after);
    this.#list('gained', onlyAfter.map(toRow));
    this.#list('lost', onlyBefore.map(toRow));
    this.#list(
      'kept',
      both.map(([was, is]) => ({ ...toRow(was), wouldBeCapturedAt: is.capturedAt })),
    );
    this.#list(
      'missing',
      again.onlyBefore.map((alert) => toAlert(alert, alert.alertId)),
    );
    this.#list('surplus', again.onlyAfter.map(toRow));
    this.#report.cameras.push({
      ...{ cameraId, looks: rerun.looks, ...this.#spansOf(rerun) },
      ...{ kept: both.length, gained: onlyAfter.length, lost: onlyBefore.length },
      ...{ live: compared.length, reproduced: again.both.length, otherwise: live.length - compared.length },
    });
  }

  build(): WhatIfReport {
    return { ...this.#report, isTruncated: this.#isTruncated };
  }

  readonly #isInSpan = ({ receivedAt }: RerunAlert | Alert): boolean =>
    receivedAt >= this.#request.from && receivedAt < this.#request.to;

  #spansOf({ gaps, otherSettings }: CameraRerun): Pick<WhatIfCamera, 'gaps' | 'otherSettings'> {
    const others = [...otherSettings.values()].flatMap((spans) => spans.within(this.#request, maxSpans));
    return { gaps: gaps.within(this.#request, maxSpans), otherSettings: others.slice(0, maxSpans) };
  }

  #list<Name extends 'gained' | 'lost' | 'kept' | 'missing' | 'surplus'>(
    name: Name,
    alerts: readonly WhatIfReport[Name][number][],
  ): void {
    const list: WhatIfReport[Name][number][] = this.#report[name];
    const room = maxListed - list.length;
    list.push(...alerts.slice(0, room));
    if (alerts.length > room) this.#isTruncated = true;
  }
}

const toAlert = (alert: RerunAlert | Alert, alertId: string | undefined): WhatIfAlert => {
  const { cameraId, scenarioId, kind, zoneId, lineId, startedAt, capturedAt, endedAt, facts } = alert;
  return {
    ...{ cameraId, scenarioId, kind, startedAt, capturedAt, facts },
    ...(zoneId === undefined ? {} : { zoneId }),
    ...(lineId === undefined ? {} : { lineId }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(alertId === undefined ? {} : { alertId }),
  };
};
