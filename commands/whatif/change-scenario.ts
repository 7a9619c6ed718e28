import { formatProblem } from '../../core/config/problem.ts';
import { checkSite } from '../../core/config/read-site.ts';
import type { Resources } from '../../core/resources.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import { whatIfError } from '../../core/what-if/errors.ts';

/** What a scenario is, not how it is set. */
const fixed = new Set(['id', 'kind']);

/**
 * The scenario with other settings, checked as the whole site is when it is applied: shape, references and the law.
 * Throws `whatif-invalid`.
 */
export const changeScenario = (
  resources: Resources,
  scenario: Scenario,
  set: Readonly<Record<string, unknown>>,
): Scenario => {
  const changed = structuredClone<Record<string, unknown>>({ ...scenario });
  for (const [path, value] of Object.entries(set)) setAt(changed, path.split('.'), value);
  const scenarios = resources.scenarios().map((other) => (other.id === scenario.id ? changed : other));
  const { site, problems } = checkSite(toDocument(resources, scenarios));
  const found = site?.scenarios.find(({ id }) => id === scenario.id);
  if (found && problems.length === 0) return found;
  const told = problems.map((problem) => formatProblem('scenario', problem)).join('; ');
  throw whatIfError('whatif-invalid', `scenario '${scenario.id}' cannot be set so: ${told}`);
};

const setAt = (target: Record<string, unknown>, path: readonly string[], value: unknown): void => {
  const [key = '', ...rest] = path;
  if (fixed.has(key))
    throw whatIfError('whatif-invalid', `'${key}' is what the scenario is, not a setting to try`);
  if (rest.length > 0) {
    const inner = Object.hasOwn(target, key) ? target[key] : undefined;
    const next = isRecord(inner) ? inner : {};
    target[key] = next;
    setAt(next, rest, value);
  } else if (value === null) delete target[key];
  else target[key] = value;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const toDocument = (resources: Resources, scenarios: readonly unknown[]) => ({
  site: resources.site(),
  places: resources.places(),
  cameras: resources.cameras(),
  scenarios,
  ...ifAny('calendars', resources.calendars()),
  ...ifAny('loudspeakers', resources.loudspeakers()),
  ...ifAny('webhooks', resources.webhooks()),
  ...ifAny('upstreams', resources.upstreams()),
  ...ifAny('subscribers', resources.subscribers()),
  ...ifAny('users', resources.users()),
  ...ifAny('keys', resources.keys()),
  ...ifAny('responders', resources.responders()),
  ...ifAny('monitoringPoints', resources.monitoringPoints()),
});

const ifAny = (key: string, items: readonly unknown[]) => (items.length > 0 ? { [key]: items } : {});
