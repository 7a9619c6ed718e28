import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { toDocument } from '../../api/openapi/to-document.ts';
import type { ApiServer } from '../../api/routes/route-deps.ts';
import type { World } from './open-world.ts';

interface Content {
  schema: object;
  example?: unknown;
  examples?: Record<string, { $ref: string }>;
}
interface Response {
  content?: Record<string, Content>;
}
interface Described {
  summary: string;
  requestBody?: Response;
  /** An answer, or where among the shared ones it is. */
  responses: Record<string, Response | { $ref: string }>;
}

/** An operation of the description. */
export interface Operation {
  /** As the route has it: `GET /api/v1/alerts/:alertId`. */
  route: string;
  statuses: readonly number[];
  /** What is wrong with an answer, by the description; nothing when it is as described. */
  problemOf(status: number, contentType: string, body: string): string | undefined;
  examples: Examples;
}

/** What an operation is shown to take and to answer. */
interface Examples {
  /** What is missing or not as described. */
  problems: readonly string[];
  /** The codes with which it is shown to refuse; of what is described once, all of those. */
  codesOf(status: number): string[];
}

interface Components {
  schemas: Record<string, unknown>;
  responses: Record<string, Response>;
  examples?: Record<string, { value: { code: string } }>;
}

/** The operations of the API's own description. */
export const operationsOf = ({ app }: World): Operation[] => {
  const document = app.swagger() as unknown as {
    paths: Record<string, Record<string, Described>>;
    components: Components;
  };
  const { paths, components } = document;
  const shown = toDocument(app as unknown as ApiServer) as typeof document;
  const check = (schema: object, value: unknown): boolean =>
    Compile({ ...schema, components: localised(components) } as TSchema).Check(value);
  const resolve = (told: Response | { $ref: string } | undefined): Response | undefined =>
    told && '$ref' in told ? components.responses[told.$ref.split('/').at(-1) ?? ''] : told;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      route: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      statuses: Object.keys(responses).map(Number),
      problemOf: (status: number, contentType: string, body: string) => {
        const content = resolve(responses[status])?.content;
        if (content === undefined)
          return body === '' || body === 'null' ? undefined : 'a body that is not described';
        const [type = ''] = contentType.split(';');
        const schema = content[type]?.schema;
        if (schema === undefined) return `the type ${type} is not described`;
        if (type !== 'application/json') return undefined;
        return check(schema, JSON.parse(body)) ? undefined : `${body.slice(0, 400)} is not as described`;
      },
      examples: examplesOf(shown.paths[path]?.[method], shown.components, check),
    })),
  );
};

/** What is described once, of every operation or of those that name it. */
export const sharedStatusesOf = ({ app }: World): number[] => {
  const { components } = app.swagger() as unknown as { components: { responses: object } };
  return Object.keys(components.responses).map(Number);
};

/** The document's references lead from its root, which each schema is given. */
const localised = (components: object): object => components;

type Check = (schema: object, value: unknown) => boolean;

const examplesOf = (operation: Described | undefined, components: Components, check: Check): Examples => {
  const { responses = {}, requestBody } = operation ?? {};
  const resolve = (told: Response | { $ref: string } | undefined): Response | undefined =>
    told && '$ref' in told ? components.responses[told.$ref.split('/').at(-1) ?? ''] : told;
  const told: [string, Response | undefined][] = [
    ['body', requestBody],
    ...Object.keys(responses).map((status): [string, Response | undefined] => [
      status,
      resolve(responses[status]),
    ]),
  ];
  return {
    problems: told.flatMap(([where, response]) =>
      Object.entries(response?.content ?? {}).flatMap(([type, content]) =>
        problemsOf(content, type, components, check).map((problem) => `${where}: ${problem}`),
      ),
    ),
    codesOf: (status) =>
      Object.keys(resolve(responses[status])?.content?.['application/json']?.examples ?? {}),
  };
};

const problemsOf = (content: Content, type: string, components: Components, check: Check): string[] => {
  const { schema, example, examples } = content;
  if (examples)
    return Object.keys(examples).filter((code) => components.examples?.[code]?.value.code !== code);
  if (/^(image|video)\/|zip$|octet-stream$/.test(type)) return [];
  const { examples: own } = resolveSchema(schema, components);
  if (example === undefined) return own ? [] : [`no example of ${type}`];
  return type !== 'application/json' || check(schema, example)
    ? []
    : [`${JSON.stringify(example)} does not fit`];
};

const resolveSchema = (schema: object, { schemas }: Components): { examples?: unknown } =>
  '$ref' in schema ? ((schemas[String(schema.$ref).split('/').at(-1) ?? ''] ?? {}) as object) : schema;
