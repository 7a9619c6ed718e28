import { constants as system } from 'node:os';
import { expect, test } from 'vitest';
import type { Description } from './describe.ts';
import { causeOfOpen, diagnoseDescription, diagnoseRead } from './diagnose.ts';

/** FFmpeg's tags, spelled as its `FFERRTAG` does. */
const tag = (a: number | string, b: string, c: string, d: string): number => {
  const code = (part: number | string): number => (typeof part === 'string' ? part.charCodeAt(0) : part);
  return -(code(a) | (code(b) << 8) | (code(c) << 16) | (code(d) << 24));
};
const { errno } = system;

test.each([
  [-errno.ECONNREFUSED, 'refused'],
  [-errno.EHOSTUNREACH, 'unreachable'],
  [-errno.ENETUNREACH, 'unreachable'],
  [tag(0xf8, '4', '0', '1'), 'unauthorised'],
  [tag(0xf8, '4', '0', '3'), 'unauthorised'],
  [tag(0xf8, '4', '0', '4'), 'not-found'],
  [tag(0xf8, '4', 'X', 'X'), undefined],
  [tag(0xf8, '5', 'X', 'X'), undefined],
  [tag('I', 'N', 'D', 'A'), undefined],
  [-errno.ETIMEDOUT, undefined],
  [-errno.EIO, undefined],
])('takes error %i at opening as %s', (code, cause) => {
  expect(causeOfOpen(code)).toBe(cause);
});

test.each<[Description, string]>([
  [{ failure: 'refused' }, 'refused'],
  [{ failure: 'unreachable' }, 'unreachable'],
  [{ failure: 'silent' }, 'stalled'],
  [{ failure: 'closed' }, 'closed-by-camera'],
  [{ failure: 'not-rtsp' }, 'refused'],
  [{ status: 401, videoCodecs: [] }, 'unauthorised'],
  [{ status: 404, videoCodecs: [] }, 'not-found'],
  [{ status: 302, videoCodecs: [] }, 'address-forbidden'],
  [{ status: 453, videoCodecs: [] }, 'refused'],
  [{ status: 503, videoCodecs: [] }, 'refused'],
  [{ status: 200, videoCodecs: [] }, 'no-video'],
  [{ status: 200, videoCodecs: ['JPEG'] }, 'unsupported-codec'],
  [{ status: 200, videoCodecs: ['H265'] }, 'refused'],
])('takes the description %o as a matter of %s', (description, cause) => {
  const diagnosis = diagnoseDescription(description);

  expect(diagnosis.cause).toBe(cause);
  expect(diagnosis.message.length).toBeLessThan(300);
});

test.each([
  [-errno.ETIMEDOUT, 'stalled'],
  [tag('E', 'O', 'F', ' '), 'closed-by-camera'],
  [-errno.EIO, 'closed-by-camera'],
  [-errno.ECONNRESET, 'closed-by-camera'],
  [-errno.EHOSTUNREACH, 'unreachable'],
  [tag('I', 'N', 'D', 'A'), 'closed-by-camera'],
])('takes error %i while reading as %s', (code, cause) => {
  expect(diagnoseRead(code).cause).toBe(cause);
});
