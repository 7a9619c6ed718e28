import { createSchedule } from '../schedule.ts';
import type { Camera } from '../schema/camera.ts';
import { sensitivePlaceCategories } from '../schema/camera.ts';
import type { Scenario } from '../schema/scenario.ts';
import { purposes } from '../schema/scenario-base.ts';
import type { Site } from '../schema/site.ts';
import type { DocumentPath } from './problem.ts';
import type { Report } from './read-site.ts';
import { isInScope } from './scope.ts';

const sensitive: ReadonlySet<string> = new Set(sensitivePlaceCategories);

/** Whether a scenario watches people. */
export const isAboutPeople = (scenario: Scenario): boolean => {
  switch (scenario.kind) {
    case 'crowd':
    case 'waterside':
      return true;
    case 'loitering':
      return scenario.labels?.includes('person') ?? true;
    case 'intrusion':
    case 'lineCrossing':
    case 'unusualActivity':
      return scenario.labels.includes('person');
    default:
      return false;
  }
};

/**
 * Whether a camera may look at a moment (milliseconds since 1970-01-01 UTC): a household's camera only on a written
 * consent that has not been revoked by that day, and only at the times it names, by the clock of `timezone`.
 */
export const mayLook = (camera: Camera, at: number, timezone: string): boolean => {
  if (camera.register.category !== 'householdExterior') return true;
  const consent = camera.register.consent;
  if (!consent) return false;
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(at);
  if (consent.grantedOn > today || (consent.revokedOn !== undefined && consent.revokedOn <= today))
    return false;
  return createSchedule(consent.schedule, timezone).isOnDuty(at);
};

/** Checks the limits that the law sets on cameras and on scenarios about people. */
export const checkLaw = (site: Site, report: Report): void => {
  for (const [index, camera] of site.cameras.entries()) {
    if (!camera.register.signPosted) {
      report(
        ['cameras', index, 'register', 'signPosted'],
        'a camera without a visible sign may not run; post the sign, then write true',
      );
    }
    checkConsent(camera, ['cameras', index, 'register', 'consent'], report);
  }
  for (const [index, scenario] of site.scenarios.entries()) {
    checkPurpose(scenario, ['scenarios', index], site, report);
    checkTalkDown(scenario, ['scenarios', index], report);
  }
};

/** A calendar is changed without asking the household, and `mayLook` knows of none. */
const checkConsent = ({ register: { consent } }: Camera, path: DocumentPath, report: Report): void => {
  for (const [index, span] of (consent?.schedule ?? []).entries()) {
    for (const key of ['only', 'except'] as const) {
      if (span[key])
        report(
          [...path, 'schedule', index, key],
          'a consent knows no calendars; write the days and times that the household agreed to',
        );
    }
  }
};

const isClosedToPeople = ({ register }: Camera): boolean =>
  sensitive.has(register.category) || register.category === 'householdExterior';

const checkPurpose = (scenario: Scenario, path: DocumentPath, site: Site, report: Report): void => {
  if (!isAboutPeople(scenario)) return;
  if (scenario.kind !== 'waterside' && !('purpose' in scenario && scenario.purpose !== undefined)) {
    report(path, `a scenario about people needs a purpose: one of ${purposes.join(', ')}`);
  }
  for (const camera of site.cameras) {
    if (!isClosedToPeople(camera) || !isInScope(scenario, camera)) continue;
    const named = scenario.cameras?.indexOf(camera.id) ?? -1;
    // A place is a convenience: cameras of it that may not be watched are left out rather than refused.
    if (named < 0) continue;
    report(
      [...path, 'cameras', named],
      `camera '${camera.id}' stands at a place of the category ${camera.register.category}, where no scenario about people is allowed`,
    );
  }
};

/** Whether a scenario may watch a camera at all: none about people at places where they pray, complain or live. */
export const mayWatch = (scenario: Scenario, camera: Camera): boolean =>
  !isAboutPeople(scenario) || !isClosedToPeople(camera);

/** A voice out of the air is for those in danger at water; elsewhere a person decides to speak. */
const checkTalkDown = (scenario: Scenario, path: DocumentPath, report: Report): void => {
  if (scenario.kind === 'waterside') return;
  for (const [index, action] of (scenario.actions ?? []).entries()) {
    if (action.do === 'talkDown') {
      report(
        [...path, 'actions', index, 'do'],
        `loudspeakers speak by themselves at water only, not for a scenario of the kind ${scenario.kind}; take the action out`,
      );
    }
  }
};
