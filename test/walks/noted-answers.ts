import type { FastifyInstance } from 'fastify';
import type { NotedExamples, NotedOperation } from '../../api/openapi/with-examples.ts';
import type { ErrorBody } from '../../api/schema/error-body.ts';

/** Bodies longer than this are no examples. */
const maxLength = 20_000;

/** All that an API was asked and answered, the first of each kind. */
export class NotedAnswers {
  readonly #operations = new Map<string, NotedOperation>();
  readonly #errors = new Map<string, ErrorBody>();

  /** Before the API is ready. */
  follow(app: Pick<FastifyInstance, 'addHook'>): void {
    app.addHook('onSend', async (request, reply, payload) => {
      const { method, body, routeOptions } = request;
      const type = String(reply.getHeader('content-type') ?? '').split(';')[0];
      const text = typeof payload === 'string' && type === 'application/json' ? payload : undefined;
      const route = `${method} ${routeOptions.url}`;
      const operation = this.#operations.get(route) ?? { answers: {}, codes: {} };
      this.#operations.set(route, operation);
      if (reply.statusCode >= 400) this.#noteRefusal(operation, reply.statusCode, text);
      else if (reply.statusCode < 300) {
        const sent = String(request.headers['content-type'] ?? '').split(';')[0] ?? '';
        if (body && !Buffer.isBuffer(body)) operation.asked = { [sent]: body, ...operation.asked };
        if (text && text.length < maxLength) operation.answers[reply.statusCode] ??= JSON.parse(text);
      }
    });
  }

  codesOf(route: string, status: number): string[] {
    return this.#operations.get(route)?.codes[status] ?? [];
  }

  /** The operations that are described, in order. */
  examplesOf(routes: readonly string[]): NotedExamples {
    const operations = [...routes].sort().flatMap((route) => {
      const noted = this.#operations.get(route);
      return noted ? [[route, noted] as const] : [];
    });
    const errors = [...this.#errors].sort(([one], [other]) => (one < other ? -1 : 1));
    return { operations: Object.fromEntries(operations), errors: Object.fromEntries(errors) };
  }

  #noteRefusal({ codes }: NotedOperation, status: number, text: string | undefined): void {
    if (text === undefined) return;
    const refusal = JSON.parse(text) as ErrorBody;
    const known = codes[status] ?? [];
    if (!known.includes(refusal.code)) codes[status] = [...known, refusal.code].sort();
    if (!this.#errors.has(refusal.code)) this.#errors.set(refusal.code, refusal);
  }
}
