import type { Clock } from '../../core/runtime/clock.ts';
import type { CameraCredentials } from '../../core/stages.ts';
import type { PinnedAddress } from './address-guard.ts';
import { RtspConnection } from './client/rtsp-connection.ts';
import { parseSdp } from './client/sdp.ts';
import { toQueriedUrl } from './stream-url.ts';

/** What a camera says of itself, as far as it says anything. */
export type Description =
  | { status: number; videoCodecs: readonly string[] }
  | { failure: 'refused' | 'unreachable' | 'silent' | 'closed' | 'not-rtsp' };

export interface DescribeOptions {
  pinned: PinnedAddress;
  credentials: CameraCredentials | undefined;
  clock: Clock;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Asks a camera by DESCRIBE alone what is wrong, after FFmpeg could not open it and its error says too little.
 * Rejects only when the credentials cannot be sent.
 */
export const describeStream = async (options: DescribeOptions): Promise<Description> => {
  const { clock, credentials, pinned, signal, timeoutMs } = options;
  const url = toQueriedUrl(pinned.url, credentials);
  const done = new AbortController();
  const connection = new RtspConnection({ pinned, credentials });
  void clock.sleep(timeoutMs, AbortSignal.any([signal, done.signal])).then(() => connection.giveUp());
  const reply = await connection.request('DESCRIBE', url, { Accept: 'application/sdp' });
  done.abort();
  connection.close();
  if ('failure' in reply) return { failure: reply.failure };
  const { status, body } = reply;
  return { status, videoCodecs: status === 200 ? parseSdp(body).video.map(({ codec }) => codec) : [] };
};
