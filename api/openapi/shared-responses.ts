/** What may be answered wherever something is sent, and is described once. */
const response = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

/** By HTTP status. */
export const sharedResponses = {
  408: response(
    'The request did not come in time: 15 s, looked at twice a minute. Of every address, before anybody is asked who they are.',
  ),
  413: response('The body is too large.'),
  414: response('A part of the address is too long.'),
  415: response('The body is of a type that is not taken here.'),
  417: response('`Expect` says something else than `100-continue`. Of every address, as 408.'),
  431: response('Address and headers are larger than 16 KiB. Of every address, as 408.'),
  500: response('A defect of ours; the log has it under the request id.'),
} as const;

export type SharedStatus = keyof typeof sharedResponses;

interface Document {
  paths?: Record<string, Record<string, { responses?: Record<string, unknown> }>>;
  components?: object;
}

/** By what an operation is sent: a body, part of an address. */
const statusesOf = (path: string, method: string): SharedStatus[] => [
  ...(method === 'get' ? [] : ([413, 415] as const)),
  ...(path.includes('{') ? ([414] as const) : []),
];

/** Adds them to a description: once each, and a reference wherever one may come. Those of every address and 500 go without. */
export const withSharedResponses = <T extends Document>(document: T): T => {
  const paths = Object.entries(document.paths ?? {}).map(([path, methods]) => {
    const told = Object.entries(methods).map(([method, operation]) => {
      const references = statusesOf(path, method).map((status) => [
        status,
        { $ref: `#/components/responses/${status}` },
      ]);
      const responses = { ...operation.responses, ...Object.fromEntries(references) };
      return [method, { ...operation, responses }];
    });
    return [path, Object.fromEntries(told)];
  });
  return {
    ...document,
    components: { ...document.components, responses: sharedResponses },
    paths: Object.fromEntries(paths),
  };
};
