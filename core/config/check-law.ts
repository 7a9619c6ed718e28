import { createSchedule } from '../schedule.ts';
import type { Camera } from '../schema/camera.ts';
import { sensitivePlaceCategories } from '../schema/camera.ts';
import { type CrowdScenario, type IntrusionScenario, purposes, type Scenario } from '../schema/scenario.ts';
import type { Site } from '../schema/site.ts';
import type { Report } from './read-site.ts';

const sensitive: ReadonlySet<string> = new Set(sensitivePlaceCategories);

/** Whether a scenario watches people. */
export const isAboutPeople = (scenario: Scenario): scenario is CrowdScenario | IntrusionScenario =>
  scenario.kind === 'crowd' || (scenario.kind === 'intrusion' && scenario.labels.includes('person'));

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
  const cameras = new Map(site.cameras.map((camera) => [camera.id, camera]));
  for (const [index, camera] of site.cameras.entries()) {
    if (!camera.register.signPosted) {
      report(
        ['cameras', index, 'register', 'signPosted'],
        'a camera without a visible sign may not run; post the sign, then write true',
      );
    }
  }
  for (const [index, scenario] of site.scenarios.entries()) {
    if (!isAboutPeople(scenario)) continue;
    if (scenario.purpose === undefined) {
      report(['scenarios', index], `a scenario about people needs a purpose: one of ${purposes.join(', ')}`);
    }
    for (const [cameraIndex, cameraId] of scenario.cameras.entries()) {
      const category = cameras.get(cameraId)?.register.category;
      if (category && (sensitive.has(category) || category === 'householdExterior')) {
        report(
          ['scenarios', index, 'cameras', cameraIndex],
          `camera '${cameraId}' stands at a place of the category ${category}, where no scenario about people is allowed`,
        );
      }
    }
  }
};
