import { streamError } from '../../errors.ts';
import { diagnoseDescription } from '../diagnose.ts';
import type { RtpTrack } from '../rtp/rtp-receiver.ts';
import { unusualStream } from '../unusual-stream.ts';
import { toControlUrl } from './control-url.ts';
import type { ConnectionEnd, RtspConnection } from './rtsp-connection.ts';
import type { RtspReply } from './rtsp-message.ts';
import { parseSdp } from './sdp.ts';
import { chooseVideoTrack } from './video-track.ts';

/** A session that a camera has set up for us. */
export interface RtspSession {
  track: RtpTrack;
  /** What PLAY, GET_PARAMETER and TEARDOWN are about. */
  url: string;
  id: string;
  /** How long the camera keeps it without hearing from us. */
  timeoutMs: number;
  rtpChannel: number;
  rtcpChannel: number;
  /** The request that keeps it alive. */
  keepAlive: 'GET_PARAMETER' | 'OPTIONS';
}

/** RFC 2326 section 12.37. */
const defaultTimeoutSeconds = 60;

/** What a camera says to a request that it does not understand or cannot grant in this form: FFmpeg asks otherwise. */
const unusualStatuses = new Set([400, 455, 457, 459, 461, 501, 551]);

const check = (method: string, reply: RtspReply | ConnectionEnd): RtspReply => {
  if ('failure' in reply) throw reply.error;
  const { status } = reply;
  if (status < 300) return reply;
  if (method !== 'DESCRIBE' && unusualStatuses.has(status)) {
    throw unusualStream(`it answers ${method} with RTSP status ${status}`);
  }
  const { cause, message } = diagnoseDescription({ status, videoCodecs: [] });
  throw streamError(cause, message);
};

const firstOf = (reply: RtspReply, name: string): string | undefined => reply.headers.get(name)?.[0];

/** What the camera can, and the first thing at which it may refuse us. Some do not know OPTIONS; that is no matter. */
const askOptions = async (connection: RtspConnection, url: string): Promise<RtspSession['keepAlive']> => {
  const reply = await connection.request('OPTIONS', url);
  const isHeeded = 'failure' in reply || reply.status < 400 || reply.status === 401;
  const methods = isHeeded ? firstOf(check('OPTIONS', reply), 'public') : undefined;
  return methods?.includes('GET_PARAMETER') ? 'GET_PARAMETER' : 'OPTIONS';
};

const channelsOf = (transport: string): [rtp: number, rtcp: number] => {
  const [, rtp, rtcp] = /\binterleaved=(\d{1,3})(?:-(\d{1,3}))?/i.exec(transport) ?? [];
  const channels: [number, number] = [Number(rtp), Number(rtcp ?? Number(rtp) + 1)];
  if (!channels.every((channel) => channel <= 255)) {
    throw unusualStream('it does not send over the connection it was asked on');
  }
  return channels;
};

const sessionOf = (reply: RtspReply): Pick<RtspSession, 'id' | 'timeoutMs'> => {
  const [id = '', ...parameters] = (firstOf(reply, 'session') ?? '').split(';');
  if (!/^[\x21-\x7e]{1,256}$/.test(id.trim())) throw unusualStream('it names no session');
  const [, seconds] = /\btimeout\s*=\s*(\d{1,6})/i.exec(parameters.join(';')) ?? [];
  return { id: id.trim(), timeoutMs: (Number(seconds) || defaultTimeoutSeconds) * 1000 };
};

/**
 * Asks a camera for its first video track over the connection itself. `pinned` is the camera's address without secrets,
 * `url` the one to ask for. Throws the `stream-…` error that says what is wrong.
 */
export const setUpSession = async (
  connection: RtspConnection,
  url: string,
  pinned: string,
): Promise<RtspSession> => {
  const keepAlive = await askOptions(connection, url);
  const description = check(
    'DESCRIBE',
    await connection.request('DESCRIBE', url, { Accept: 'application/sdp' }),
  );
  const { control, video } = parseSdp(description.body);
  const chosen = chooseVideoTrack(video);
  const named = firstOf(description, 'content-base') ?? firstOf(description, 'content-location');
  const base = toControlUrl(named, url, pinned);
  const whole = toControlUrl(control, base, pinned);
  const reply = check(
    'SETUP',
    await connection.request('SETUP', toControlUrl(chosen.control, whole, pinned), {
      Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1',
    }),
  );
  const [rtpChannel, rtcpChannel] = channelsOf(firstOf(reply, 'transport') ?? '');
  return { track: chosen.track, url: whole, ...sessionOf(reply), rtpChannel, rtcpChannel, keepAlive };
};

export const play = async (connection: RtspConnection, { id, url }: RtspSession): Promise<void> => {
  check('PLAY', await connection.request('PLAY', url, { Session: id, Range: 'npt=0.000-' }));
};
