import type { Action } from '../schema/action.ts';
import type { Camera } from '../schema/camera.ts';
import { neededDays } from '../schema/normals.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { ScheduleSpan } from '../schema/schedule.ts';
import type { Site } from '../schema/site.ts';
import type { DocumentPath } from './problem.ts';
import { parseDuration } from './quantity.ts';
import type { Report } from './read-site.ts';
import { needsOf } from './scope.ts';

/** Checks that all a scenario names is there, and that its numbers make sense together. */
export const checkScenario = (scenario: Scenario, path: DocumentPath, site: Site, report: Report): void => {
  if (!scenario.cameras && !scenario.places) {
    report(path, "names neither 'cameras' nor 'places'; say which cameras it watches");
  }
  checkCameras(scenario, path, site, report);
  for (const [index, code] of (scenario.places ?? []).entries()) {
    if (!code.startsWith(site.site.place) && !site.site.place.startsWith(code)) {
      report([...path, 'places', index], `'${code}' does not lie in the site's own place ${site.site.place}`);
    }
  }
  checkSchedule(scenario.schedule ?? [], [...path, 'schedule'], site, report);
  checkActions(scenario, path, site, report);
  checkNumbers(scenario, path, report);
  if (scenario.kind === 'composite') checkParts(scenario, path, site, report);
  if (scenario.kind === 'unusualActivity') checkRetention(path, site, report);
};

const checkCameras = (scenario: Scenario, path: DocumentPath, site: Site, report: Report): void => {
  const cameras = new Map(site.cameras.map((camera) => [camera.id, camera]));
  for (const [index, cameraId] of (scenario.cameras ?? []).entries()) {
    const camera = cameras.get(cameraId);
    if (camera) checkNeeds(scenario, camera, path, report);
    else report([...path, 'cameras', index], `there is no camera '${cameraId}'`);
  }
};

const checkNeeds = (scenario: Scenario, camera: Camera, path: DocumentPath, report: Report): void => {
  const { zone, line } = needsOf(scenario);
  if (zone !== undefined && !camera.zones?.some(({ id }) => id === zone)) {
    report(
      [...path, 'zone'],
      `camera '${camera.id}' has no zone '${zone}'; draw it under the camera's zones`,
    );
  }
  if (line !== undefined && !camera.lines?.some(({ id }) => id === line)) {
    const key = scenario.kind === 'wrongWay' ? 'along' : 'line';
    report([...path, key], `camera '${camera.id}' has no line '${line}'; draw it under the camera's lines`);
  }
};

/** Checks that the calendars which a schedule names are there. */
export const checkSchedule = (
  spans: readonly ScheduleSpan[],
  path: DocumentPath,
  site: Site,
  report: Report,
): void => {
  const known = new Set(site.calendars?.map(({ id }) => id));
  for (const [index, span] of spans.entries()) {
    for (const key of ['only', 'except'] as const) {
      for (const [at, name] of (span[key] ?? []).entries()) {
        if (!known.has(name)) {
          report([...path, index, key, at], `there is no calendar '${name}'; write it under calendars`);
        }
      }
    }
  }
};

const checkActions = ({ actions }: Scenario, path: DocumentPath, site: Site, report: Report): void => {
  checkTargets(actions ?? [], path, report);
  for (const [index, action] of (actions ?? []).entries()) {
    const at = [...path, 'actions', index];
    if (action.do === 'webhook' && !site.webhooks?.some(({ id }) => id === action.webhook)) {
      report([...at, 'webhook'], `there is no webhook '${action.webhook}'; write it under webhooks`);
    }
    if (action.do !== 'talkDown') continue;
    checkSchedule(action.quietHours ?? [], [...at, 'quietHours'], site, report);
    for (const [which, id] of action.loudspeakers.entries()) {
      const loudspeaker = site.loudspeakers?.find((entry) => entry.id === id);
      if (!loudspeaker) report([...at, 'loudspeakers', which], `there is no loudspeaker '${id}'`);
      else if (!loudspeaker.recordings.some((recording) => recording.id === action.recording)) {
        report([...at, 'recording'], `loudspeaker '${id}' has no recording '${action.recording}'`);
      }
    }
  }
};

/** A day more than what is needed: the day on which a track began is deleted as a whole. */
const leastRetentionDays = neededDays + 1;

const checkRetention = (path: DocumentPath, { site }: Site, report: Report): void => {
  const retention = site.history?.retention;
  if (retention === undefined || parseDuration(retention) >= leastRetentionDays * 86_400_000) return;
  report(
    path,
    `needs ${neededDays} days of history, and site.history.retention is ${retention}; give ${leastRetentionDays}d or more (29d for all four weeks that count)`,
  );
};

/** Each is done once for an alert, so naming one twice would do nothing. */
const checkTargets = (actions: readonly Action[], path: DocumentPath, report: Report): void => {
  const seen = new Set<string>();
  for (const [index, action] of actions.entries()) {
    const targets =
      action.do === 'talkDown' ? action.loudspeakers : action.do === 'webhook' ? [action.webhook] : [];
    for (const target of targets) {
      const name = `${action.do} ${target}`;
      if (seen.has(name)) report([...path, 'actions', index], `'${target}' is named twice; once is enough`);
      seen.add(name);
    }
  }
};

const checkNumbers = (scenario: Scenario, path: DocumentPath, report: Report): void => {
  if (scenario.kind === 'crowd' && (scenario.hysteresis ?? 0) >= scenario.count) {
    report(
      [...path, 'hysteresis'],
      `must be smaller than count ${scenario.count}, or the crowd would never end`,
    );
  }
  if (scenario.kind === 'fireSmoke' && (scenario.hits ?? 0) > (scenario.of ?? Number.POSITIVE_INFINITY)) {
    report([...path, 'hits'], `must not be more than the ${scenario.of} looks it is counted in`);
  }
};

const checkParts = (
  { id, parts }: Extract<Scenario, { kind: 'composite' }>,
  path: DocumentPath,
  site: Site,
  report: Report,
): void => {
  const kinds = new Map(site.scenarios.map((scenario) => [scenario.id, scenario.kind]));
  for (const [index, { scenarios }] of parts.entries()) {
    for (const [which, name] of scenarios.entries()) {
      const at = [...path, 'parts', index, 'scenarios', which];
      if (name === id || kinds.get(name) === 'composite')
        report(at, 'a composite cannot be made of composites');
      else if (!kinds.has(name)) report(at, `there is no scenario '${name}'`);
    }
  }
};
