import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const gzipped = promisify(gzip);
/** The quickest: lists of alike entries shrink to a fifth at any level. */
const gzipLevel = 1;
/** What fits into a packet or two is sent as it is. */
const leastChars = 2_000;

export const packText = (text: string): Promise<Buffer> => gzipped(text, { level: gzipLevel });

/** By `Accept-Encoding`; with a weight of 0 it is refused (RFC 9110, 12.5.3). */
export const takesGzip = ({ headers }: FastifyRequest): boolean =>
  /(^|[\s,])gzip(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(headers['accept-encoding'] ?? ''));

/** An `onSend` hook for routes whose answers are long and asked for again and again. */
export const packAnswer = async (
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> => {
  if (typeof payload !== 'string') return payload;
  reply.header('Vary', 'Authorization, Cookie, Accept-Encoding');
  if (payload.length < leastChars || !takesGzip(request)) return payload;
  reply.header('Content-Encoding', 'gzip');
  return packText(payload);
};
