import type { WhatIfAlert, WhatIfCamera, WhatIfReport } from '../../core/schema/what-if.ts';
import { padTo, rightAlign } from '../../core/terminal-text.ts';
import { createSiteTime, type SiteTime } from '../explain/site-time.ts';

/** Lines of one list on the page; `--json` has more. */
const maxLines = 40;
const idColumns = 24;
const countColumns = 8;
const columns = ['kept', 'gained', 'lost', 'live', 'reproduced', 'otherwise'] as const;

/** The report as a page. */
export const drawReport = (report: WhatIfReport): string[] => {
  const time = createSiteTime(report.timezone);
  const { from, to } = report;
  return [
    `${report.scenarioId ?? 'every scenario'}, ${time.day(from)} to ${time.day(to)} (${report.timezone})`,
    '',
    ...drawCameras(report.cameras),
    ...drawList('gained', report.gained, time),
    ...drawList('lost', report.lost, time),
    ...drawMoved(report, time),
    ...drawList('raised at the time, and not when run again', report.missing, time),
    ...drawList('not raised at the time, but when run again', report.surplus, time),
    ...report.cameras.flatMap((camera) => drawDoubts(camera, time)),
    ...(report.isTruncated ? ['', 'Lists are cut; the counts are not.'] : []),
  ];
};

const drawCameras = (cameras: readonly WhatIfCamera[]): string[] => {
  const row = (name: string, cells: readonly (string | number)[]): string =>
    padTo(name, idColumns) + cells.map((cell) => ` ${rightAlign(String(cell), countColumns)}`).join('');
  const head = row('camera', ['kept', 'gained', 'lost', 'live', 'again', 'otherwise']);
  const lines = cameras.map((camera) =>
    row(
      camera.cameraId,
      columns.map((name) => camera[name]),
    ),
  );
  const sums = columns.map((name) => cameras.reduce((sum, camera) => sum + camera[name], 0));
  return [head, ...lines, ...(cameras.length === 1 ? [] : [row('all', sums)])];
};

const drawList = (title: string, alerts: readonly WhatIfAlert[], time: SiteTime): string[] =>
  alerts.length === 0 ? [] : cut(title, alerts, (alert) => drawAlert(alert, time));

const drawMoved = ({ kept }: WhatIfReport, time: SiteTime): string[] => {
  const moved = kept.filter(({ capturedAt, wouldBeCapturedAt }) => capturedAt !== wouldBeCapturedAt);
  if (moved.length === 0) return [];
  return cut('kept, at another time', moved, (alert) => {
    const seconds = (alert.wouldBeCapturedAt - alert.capturedAt) / 1000;
    return `${drawAlert(alert, time)}  ${seconds > 0 ? '+' : ''}${seconds.toFixed(1)} s`;
  });
};

const cut = <Alert>(title: string, alerts: readonly Alert[], draw: (alert: Alert) => string): string[] => {
  const more = alerts.length - maxLines;
  const lines = alerts.slice(0, maxLines).map((alert) => `  ${draw(alert)}`);
  return ['', `${title}:`, ...lines, ...(more > 0 ? [`  … and ${more} more (--json)`] : [])];
};

const drawAlert = (alert: WhatIfAlert, time: SiteTime): string => {
  const { cameraId, scenarioId, capturedAt, facts, alertId } = alert;
  const { label, count, dwellMs, limitDwellMs } = facts;
  const told = [
    label,
    count === undefined ? undefined : `×${count}`,
    `${(dwellMs / 1000).toFixed(1)} of ${(limitDwellMs / 1000).toFixed(1)} s`,
  ];
  const when = `${time.day(capturedAt).slice(0, 'MM-DD'.length)} ${time.second(capturedAt)}`;
  return [when, cameraId, scenarioId, told.filter(Boolean).join(' '), alertId].filter(Boolean).join('  ');
};

const drawDoubts = ({ cameraId, looks, gaps, otherSettings }: WhatIfCamera, time: SiteTime): string[] => {
  if (looks === 0) return ['', `${cameraId}: nothing of what its scenarios saw is stored.`];
  const draw = (spans: WhatIfCamera['gaps']): string =>
    spans.map(({ from, to }) => `${time.day(from)} to ${time.day(to)}`).join(', ');
  return [
    ...(gaps.length > 0 ? ['', `${cameraId}: something is missing ${draw(gaps)}.`] : []),
    ...(otherSettings.length > 0
      ? ['', `${cameraId}: settings differed ${draw(otherSettings)}; alerts of then are not compared.`]
      : []),
  ];
};
