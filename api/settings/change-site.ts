import { optionalSections } from '../../core/config/optional-sections.ts';
import { formatProblem } from '../../core/config/problem.ts';
import { checkSite } from '../../core/config/read-site.ts';
import type { Resources } from '../../core/resources.ts';
import type { Site } from '../../core/schema/site.ts';
import { apiError } from '../errors.ts';
import type { SettingSection } from './sections.ts';

/** The whole configuration as it stands, as one document. */
const toSite = (resources: Resources): Site => ({
  site: resources.site(),
  places: [...resources.places()],
  cameras: [...resources.cameras()],
  scenarios: [...resources.scenarios()],
  ...Object.fromEntries(optionalSections.map((section) => [section, [...resources[section]()]])),
});

const idOf = (item: object): unknown => ('code' in item ? item.code : 'id' in item ? item.id : undefined);

/**
 * Refuses a change that would leave a site that is not sound: `setting-unsound`, naming all that is wrong. `value` is what
 * the resource is to become; undefined: it is to go.
 */
export const checkChange = (
  resources: Resources,
  section: SettingSection,
  id: string,
  value: unknown,
): void => {
  const before = toSite(resources);
  const others = (before[section] ?? []).filter((item) => idOf(item) !== id);
  const after = { ...before, [section]: value === undefined ? others : [...others, value] };
  const known = new Set(checkSite(before).problems.map(({ message }) => message));
  const problems = checkSite(after).problems.filter(({ message }) => !known.has(message));
  if (problems.length === 0) return;
  const said = problems.slice(0, 10).map((problem) => formatProblem('', problem).trim());
  throw apiError('setting-unsound', `with this change the site would not be sound: ${said.join('; ')}`, {
    problems,
  });
};
