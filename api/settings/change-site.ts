import { optionalSections } from '../../core/config/optional-sections.ts';
import { type ConfigProblem, formatProblem } from '../../core/config/problem.ts';
import { checkSite } from '../../core/config/read-site.ts';
import type { Resources } from '../../core/resources.ts';
import type { Site } from '../../core/schema/site.ts';
import { apiError } from '../errors.ts';
import { type SettingSection, settingIdOf } from './sections.ts';

/** The whole configuration as it stands, as one document. */
export const toSite = (resources: Resources): Site => ({
  site: resources.site(),
  places: [...resources.places()],
  cameras: [...resources.cameras()],
  scenarios: [...resources.scenarios()],
  ...Object.fromEntries(optionalSections.map((section) => [section, [...resources[section]()]])),
});

/**
 * The site as it would be. Refuses a change that would leave one that is not sound: `setting-unsound`, naming all that is
 * wrong. `value` is what the resource is to become; undefined: it is to go.
 */
export const checkChange = (
  resources: Resources,
  section: SettingSection | 'site',
  id: string,
  value: unknown,
): Site => {
  const before = toSite(resources);
  const after = section === 'site' ? { ...before, site: value } : withItem(before, section, id, value);
  const problems = newProblems(before, after);
  if (problems.length === 0) return after as Site;
  const said = problems.slice(0, 10).map((problem) => formatProblem('', problem).trim());
  throw apiError('setting-unsound', `with this change the site would not be sound: ${said.join('; ')}`, {
    problems,
  });
};

const withItem = (before: Site, section: SettingSection, id: string, value: unknown): unknown => {
  const others = (before[section] ?? []).filter((item) => settingIdOf(item) !== id);
  return { ...before, [section]: value === undefined ? others : [...others, value] };
};

/** What is wrong with the site as it would be and is not wrong with it now. */
export const newProblems = (before: Site, after: unknown): ConfigProblem[] => {
  const known = new Set(checkSite(before).problems.map(({ message }) => message));
  return checkSite(after).problems.filter(({ message }) => !known.has(message));
};
