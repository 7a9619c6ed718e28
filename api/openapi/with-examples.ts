import type { ErrorBody } from '../schema/error-body.ts';
import noted from './examples.json' with { type: 'json' };

/** What was sent and answered in the tests' walk over all operations: `npm run examples` writes it anew. */
export interface NotedExamples {
  /** By method and address as the route has it: `GET /api/v1/alerts/:alertId`. */
  operations: Record<string, NotedOperation>;
  /** One of each code. */
  errors: Record<string, ErrorBody>;
}
export interface NotedOperation {
  /** A body that was taken, by its type. */
  asked?: Record<string, unknown>;
  /** What was answered, by status; files are not kept. */
  answers: Record<string, unknown>;
  /** With what codes it is refused, by status. */
  codes: Record<string, string[]>;
}

interface Content {
  example?: unknown;
  examples?: unknown;
}
interface Response {
  content?: Record<string, Content>;
}
interface Operation {
  requestBody?: Response;
  responses: Record<string, Response>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Response>; examples?: Record<string, { value: ErrorBody }> };
}

const examples = noted as unknown as NotedExamples;

/** Adds to each operation what it takes, what it answers, and with which codes it refuses. Changes nothing of what it is given. */
export const withExamples = (document: Document): Document => ({
  ...document,
  paths: mapped(document.paths, (methods, path) =>
    mapped(methods, (operation, method) => {
      const route = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      const known = examples.operations[route];
      return known ? withNoted(operation, known) : operation;
    }),
  ),
  components: {
    ...document.components,
    responses: mapped(document.components.responses, (response, status) =>
      withRefusals(response, refusedAnywhere(status)),
    ),
    examples: mapped(examples.errors, (value) => ({ value })),
  },
});

/** The codes of what is described once. */
const refusedAnywhere = (status: string): string[] => [
  ...new Set(Object.values(examples.operations).flatMap(({ codes }) => codes[status] ?? [])),
];

const withRefusals = (response: Response, refusals: readonly string[]): Response => {
  if (refusals.length === 0) return response;
  const references = refusals.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  return withContent(response, (content) => ({ ...content, examples: Object.fromEntries(references) }));
};

const withNoted = (operation: Operation, { asked = {}, answers, codes }: NotedOperation): Operation => {
  const { requestBody, responses } = operation;
  const answered = mapped(responses, (response, status) => {
    if (status in answers) return withContent(response, (content) => withExample(content, answers[status]));
    return withRefusals(response, codes[status] ?? []);
  });
  const sent = requestBody && withContent(requestBody, (content, type) => withExample(content, asked[type]));
  return { ...operation, ...(sent ? { requestBody: sent } : {}), responses: answered };
};

const withExample = (content: Content, example: unknown): Content =>
  example === undefined ? content : { ...content, example };

const withContent = (response: Response, change: (content: Content, type: string) => Content): Response =>
  response.content ? { ...response, content: mapped(response.content, change) } : response;

const mapped = <From, To>(
  record: Record<string, From>,
  change: (value: From, key: string) => To,
): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
