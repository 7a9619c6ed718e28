import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { packText, takesGzip } from './pack-answer.ts';

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
  tagged.packed ??= packText(tagged.text);
  return reply.header('Content-Encoding', 'gzip').send(await tagged.packed);
};
