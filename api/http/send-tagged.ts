import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const gzipped = promisify(gzip);
/** The quickest: columns of alike texts shrink to a fifth at any level. */
const gzipLevel = 1;

/** A JSON text that may be sent to many. */
export interface TaggedText {
  text: string;
  /** Strong, quoted. */
  etag: string;
  /** Made when somebody first wants it. */
  packed?: Promise<Buffer>;
}

export const toTagged = (text: string): TaggedText => ({
  text,
  etag: `"${createHash('sha1').update(text).digest('base64url')}"`,
});

/** Whether the asker has it already, by `If-None-Match`. */
const isKnown = ({ headers }: FastifyRequest, etag: string): boolean =>
  headers['if-none-match']?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) ?? false;

/** By `Accept-Encoding`; with a weight of 0 it is refused (RFC 9110, 12.5.3). */
const takesGzip = ({ headers }: FastifyRequest): boolean =>
  /(^|[\s,])gzip(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(headers['accept-encoding'] ?? ''));

/** Answers 304 when the asker has it. `canPack`: gzipped for those who take that; costs time on every new text. */
export const sendTagged = async (
  request: FastifyRequest,
  reply: FastifyReply,
  tagged: TaggedText,
  canPack = false,
): Promise<FastifyReply> => {
  reply.header('ETag', tagged.etag).header('Cache-Control', 'private, no-cache');
  reply.header('Vary', 'Authorization, Cookie, Accept-Encoding');
  if (isKnown(request, tagged.etag)) return reply.code(304).send();
  reply.type('application/json; charset=utf-8');
  if (!canPack || !takesGzip(request)) return reply.send(tagged.text);
  tagged.packed ??= gzipped(tagged.text, { level: gzipLevel });
  return reply.header('Content-Encoding', 'gzip').send(await tagged.packed);
};
