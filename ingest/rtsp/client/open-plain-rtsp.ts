import type { OpenRtspOptions } from '../open-rtsp.ts';
import { checkUserName, toQueriedUrl } from '../stream-url.ts';
import { unusualStream } from '../unusual-stream.ts';
import { PlainStream } from './plain-stream.ts';
import { RtspConnection } from './rtsp-connection.ts';
import { play, setUpSession } from './rtsp-session.ts';

/** Opens the track on a connection; whoever calls closes that when this fails. */
const openStream = async (
  connection: RtspConnection,
  pinnedUrl: string,
  { clock, credentials, socketTimeoutMs }: OpenRtspOptions,
): Promise<PlainStream> => {
  const url = toQueriedUrl(pinnedUrl, credentials);
  const session = await setUpSession(connection, url, pinnedUrl);
  const stream = new PlainStream({ connection, session, clock, silenceMs: socketTimeoutMs });
  connection.expectFrames(session.rtpChannel, stream);
  try {
    await play(connection, session);
  } catch (error) {
    await stream.close();
    throw error;
  }
  return stream;
};

/**
 * Opens a camera's first video track over TCP, and only that, with a client of our own. Throws a `stream-…` error that says
 * what is wrong: `stream-unusual`, here or later from `read`, means that FFmpeg should be asked. Returns nothing when
 * `signal` aborts meanwhile.
 */
export const openPlainRtsp = async (options: OpenRtspOptions): Promise<PlainStream | undefined> => {
  const { clock, credentials, guard, openTimeoutMs, signal, transport, turns } = options;
  if (transport !== 'tcp') throw unusualStream('it is wanted over UDP');
  const pinned = await guard.pin(options.url);
  checkUserName(credentials);
  if (signal.aborted) return undefined;
  const connection = new RtspConnection({ pinned, credentials, turns });
  const opened = new AbortController();
  const giveUp = (): void => connection.giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  void clock.sleep(openTimeoutMs, AbortSignal.any([signal, opened.signal])).then(() => {
    if (!opened.signal.aborted) giveUp();
  });
  try {
    const stream = await openStream(connection, pinned.url, options);
    void stream.keepUp();
    return stream;
  } catch (error) {
    connection.close();
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    opened.abort();
    signal.removeEventListener('abort', giveUp);
  }
};
