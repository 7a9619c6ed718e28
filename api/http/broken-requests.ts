import type { Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { apiError } from '../errors.ts';
import type { ErrorBody } from '../schema/error-body.ts';

/** By the code of Node's HTTP parser; everything else is no HTTP at all. */
const statusOf = (code: unknown): { status: number; message: string } => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, message: 'the request did not come in time' };
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 431, message: 'address and headers are larger than 16 KiB; send less' };
  return { status: 400, message: 'this is no HTTP request that can be read' };
};

const toBody = (message: string, requestId: string): string => {
  const { code, kind } = apiError('request-invalid', message);
  const body: ErrorBody = { code, message, kind, requestId };
  return JSON.stringify(body);
};

const facts = (body: string) => ({
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': Buffer.byteLength(body),
  'Cache-Control': 'no-store',
});

/** Answers what is no request: it never gets as far as the error handler, and has an id all the same. */
export const answerBrokenRequest =
  (createId: () => string) =>
  (error: Error & { code?: unknown }, socket: Socket): void => {
    // Whoever has gone away is not answered.
    if (error.code !== 'ECONNRESET' && socket.writable) {
      const { status, message } = statusOf(error.code);
      const body = toBody(message, createId());
      const head = [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        ...Object.entries(facts(body)).map(([name, value]) => `${name}: ${value}`),
        'Connection: close',
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    }
    socket.destroySoon();
  };

/** A request that expects what there is not (RFC 9110, 10.1.1): only `100-continue` is known. */
export const answerExpectations = (server: Server, createId: () => string): void => {
  server.on('checkExpectation', (_request, response) => {
    const body = toBody('Expect may say 100-continue and nothing else; leave it out', createId());
    response.writeHead(417, { ...facts(body), Connection: 'close' }).end(body);
  });
};
