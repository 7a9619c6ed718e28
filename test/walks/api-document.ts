import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { World } from './open-world.ts';

interface Response {
  content?: Record<string, { schema: object }>;
}
interface Described {
  summary: string;
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
}

/** The operations of the API's own description. */
export const operationsOf = ({ app }: World): Operation[] => {
  const { paths, components } = app.swagger() as unknown as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, unknown>; responses: Record<string, Response> };
  };
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
