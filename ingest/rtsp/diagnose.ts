import { constants as system } from 'node:os';
import {
  AVERROR_EOF,
  AVERROR_HTTP_FORBIDDEN,
  AVERROR_HTTP_NOT_FOUND,
  AVERROR_HTTP_UNAUTHORIZED,
} from 'node-av/constants';
import type { CameraCause } from '../../core/schema/health.ts';
import type { Description } from './describe.ts';

/** Why a stream could not be opened or went on no longer, in words for the operator. */
export interface Diagnosis {
  cause: CameraCause;
  message: string;
}

const sayings: Readonly<Record<CameraCause, string>> = {
  unreachable: 'nothing answers at the camera’s address; check its power, its network and the address',
  refused: 'the camera’s host refuses the connection; check the port, and that RTSP is switched on',
  unauthorised: 'the camera refuses the user name or password; correct them in the secrets file',
  'not-found': 'the camera does not know this path; correct the path of the stream’s address',
  'no-video': 'the camera offers no video at this path; choose a path with video',
  'unsupported-codec': 'the camera’s video is neither H.264 nor H.265; change its encoding',
  stalled: 'the camera is connected but sends nothing; check its load and its network, then restart it',
  undecodable: 'what the camera sends cannot be decoded; restart it, or try TCP if it is on UDP',
  'address-forbidden': 'the camera’s address is not allowed at this site; correct it or the allowed networks',
  'closed-by-camera': 'the camera has closed the connection; check how many clients it allows',
  'over-budget': 'too many cameras of this installation connect at once; this one waits for its turn',
  'no-capacity':
    'no worker has room for this camera; add a worker or cores, raise the site’s budget, or remove cameras',
};

export const diagnosisOf = (cause: CameraCause, detail = ''): Diagnosis => ({
  cause,
  message: detail === '' ? sayings[cause] : `${sayings[cause]} (${detail})`,
});

const errno = system.errno;

/** FFmpeg negates the system's own error numbers. */
const openCauses: ReadonlyMap<number, CameraCause> = new Map<number, CameraCause>([
  [-errno.ECONNREFUSED, 'refused'],
  [-errno.EHOSTUNREACH, 'unreachable'],
  [-errno.ENETUNREACH, 'unreachable'],
  [-errno.ENETDOWN, 'unreachable'],
  [AVERROR_HTTP_UNAUTHORIZED, 'unauthorised'],
  [AVERROR_HTTP_FORBIDDEN, 'unauthorised'],
  [AVERROR_HTTP_NOT_FOUND, 'not-found'],
]);

/** The cause that FFmpeg's error at opening names beyond doubt, if any. */
export const causeOfOpen = (code: number): CameraCause | undefined => openCauses.get(code);

const statusCauses: ReadonlyMap<number, CameraCause> = new Map<number, CameraCause>([
  [401, 'unauthorised'],
  [403, 'unauthorised'],
  [404, 'not-found'],
  [408, 'stalled'],
  [415, 'unsupported-codec'],
]);

const failureCauses = {
  refused: diagnosisOf('refused'),
  unreachable: diagnosisOf('unreachable'),
  silent: diagnosisOf('stalled', 'no reply to DESCRIBE'),
  closed: diagnosisOf('closed-by-camera'),
  'not-rtsp': diagnosisOf('refused', 'what answers there does not speak RTSP'),
} as const;

const playable = new Set(['H264', 'H265']);

/** Reads a camera's own description of a stream that FFmpeg could not open. */
export const diagnoseDescription = (description: Description): Diagnosis => {
  if ('failure' in description) return failureCauses[description.failure];
  const { status, videoCodecs } = description;
  if (status >= 300 && status < 400) {
    return diagnosisOf('address-forbidden', `it redirects elsewhere with status ${status}`);
  }
  if (status !== 200) return diagnosisOf(statusCauses.get(status) ?? 'refused', `RTSP status ${status}`);
  const first = videoCodecs[0];
  if (first === undefined) return diagnosisOf('no-video');
  if (!playable.has(first)) return diagnosisOf('unsupported-codec', `it is ${first.slice(0, 16)}`);
  return diagnosisOf('refused', 'it described the stream but would not play it');
};

/** Why reading has ended, by FFmpeg's error. */
export const diagnoseRead = (code: number): Diagnosis => {
  if (code === -errno.ETIMEDOUT) return diagnosisOf('stalled');
  if (code === AVERROR_EOF || code === -errno.EIO || code === -errno.EPIPE || code === -errno.ECONNRESET) {
    return diagnosisOf('closed-by-camera');
  }
  return openCauses.has(code)
    ? diagnosisOf('unreachable')
    : diagnosisOf('closed-by-camera', `FFmpeg ${code}`);
};
