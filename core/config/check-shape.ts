import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { ApiKey } from '../schema/api-key.ts';
import { bannedPlaceCategories, Camera } from '../schema/camera.ts';
import { Loudspeaker } from '../schema/loudspeaker.ts';
import { Place } from '../schema/place.ts';
import { MonitoringPoint, Responder } from '../schema/responder.ts';
import { scenarioKinds, scenarioSchemas } from '../schema/scenario.ts';
import { Calendar } from '../schema/schedule.ts';
import { type Site, SiteSettings } from '../schema/site.ts';
import { Subscriber } from '../schema/subscriber.ts';
import { Upstream } from '../schema/upstream.ts';
import { User } from '../schema/user.ts';
import { Webhook } from '../schema/webhook.ts';
import { optionalSections } from './optional-sections.ts';
import type { DocumentPath } from './problem.ts';
import type { Report } from './read-site.ts';

type CheckItem = (value: unknown, path: DocumentPath, report: Report) => void;

/** Typebox stops at eight problems unless told; a person wants to see all of a camera's at once. */
const maxErrorsPerItem = 64;

const checkAgainst = (schema: TSchema): CheckItem => {
  const validator = Compile(schema);
  return (value, base, report) => {
    if (validator.Check(value)) return;
    const told = new Set<string>();
    for (const error of validator.Errors(value)) {
      for (const { path, message } of explain(error as SchemaError, schema, value, base)) {
        const key = `${path.join('/')}\n${message}`;
        if (!told.has(key)) report(path, message);
        told.add(key);
      }
    }
  };
};

const scenarioChecks = new Map<unknown, CheckItem>(
  Object.entries(scenarioSchemas).map(([kind, schema]) => [kind, checkAgainst(schema)]),
);

/** A union of schemas would answer with the errors of every kind; the kind that is named is the one meant. */
const checkScenario: CheckItem = (value, path, report) => {
  const kind = isRecord(value) ? value['kind'] : undefined;
  const check = scenarioChecks.get(kind);
  if (check) check(value, path, report);
  else
    report(
      [...path, 'kind'],
      `${show(kind)} is not a kind of scenario; give one of ${scenarioKinds.join(', ')}`,
    );
};

const checkSettings = checkAgainst(SiteSettings);
const lists = new Map<string, CheckItem>([
  ['places', checkAgainst(Place)],
  ['calendars', checkAgainst(Calendar)],
  ['loudspeakers', checkAgainst(Loudspeaker)],
  ['webhooks', checkAgainst(Webhook)],
  ['upstreams', checkAgainst(Upstream)],
  ['responders', checkAgainst(Responder)],
  ['monitoringPoints', checkAgainst(MonitoringPoint)],
  ['cameras', checkAgainst(Camera)],
  ['scenarios', checkScenario],
  ['subscribers', checkAgainst(Subscriber)],
  ['users', checkAgainst(User)],
  ['keys', checkAgainst(ApiKey)],
]);
const sections = ['site', ...lists.keys()];

/** Checks the document against the schemas, reporting everything that does not fit. */
export const checkShape = (value: unknown, report: Report): Site | undefined => {
  Settings.Set({ maxErrors: maxErrorsPerItem });
  let isSound = true;
  const tell: Report = (path, message) => {
    isSound = false;
    report(path, message);
  };
  if (!isRecord(value)) {
    tell([], `expected the sections ${sections.join(', ')}`);
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (!sections.includes(key)) tell([key], `unknown key '${key}'; the sections are ${sections.join(', ')}`);
  }
  if (value['site'] === undefined) tell([], "the section 'site' is missing");
  else checkSettings(value['site'], ['site'], tell);
  for (const [section, check] of lists) checkSection(value[section], section, check, tell);
  return isSound ? (value as unknown as Site) : undefined;
};

const checkSection = (items: unknown, section: string, check: CheckItem, report: Report): void => {
  if (items === undefined) {
    if (!optionalSections.some((name) => name === section))
      report([], `the section '${section}' is missing; write '${section}: []' for none`);
  } else if (!Array.isArray(items)) report([section], 'expected a list');
  else for (const [index, item] of items.entries()) check(item, [section, index], report);
};

interface SchemaError {
  keyword: string;
  schemaPath: string;
  instancePath: string;
  params: Record<string, unknown>;
  message: string;
}

/** Turns a JSON Schema error into what a person has to do. */
const explain = (
  error: SchemaError,
  schema: TSchema,
  value: unknown,
  base: DocumentPath,
): { path: DocumentPath; message: string }[] => {
  const inner = toPath(error.instancePath);
  const path = [...base, ...inner];
  const found = valueAt(value, inner);
  switch (error.keyword) {
    case 'additionalProperties':
      return asStrings(error.params['additionalProperties']).map((key) => ({
        path: [...path, key],
        message: `unknown key '${key}'; check the spelling or take it out`,
      }));
    case 'required':
      return asStrings(error.params['requiredProperties']).map((key) => ({
        path,
        message: `'${key}' is missing`,
      }));
    case 'boolean':
      return [];
    case 'enum':
      return [{ path, message: explainEnum(found, asStrings(error.params['allowedValues'])) }];
    case 'minItems':
    case 'maxItems':
      return [{ path, message: `has ${Array.isArray(found) ? found.length : 0} items; ${error.message}` }];
    case 'pattern':
    case 'type':
      return [{ path, message: `${show(found)} is not ${describe(schema, error) ?? error.message}` }];
    default:
      return [{ path, message: `${show(found)} ${error.message}` }];
  }
};

const explainEnum = (found: unknown, allowed: readonly string[]): string =>
  bannedPlaceCategories.some((category) => category === found)
    ? `no camera may look into a place of the category ${show(found)} (State Council Order 799); take the camera out`
    : `${show(found)} is not one of ${allowed.join(', ')}`;

/** What the schema itself says it wants at the place of the error. */
const describe = (schema: TSchema, error: SchemaError): string | undefined => {
  const node = valueAt(schema, toPath(error.schemaPath.slice(1)));
  return isRecord(node) && typeof node['description'] === 'string' ? node['description'] : undefined;
};

const toPath = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const valueAt = (value: unknown, path: DocumentPath): unknown =>
  path.reduce<unknown>(
    (node, part) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, part)
        ? (node as Record<string | number, unknown>)[part]
        : undefined,
    value,
  );

const asStrings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
