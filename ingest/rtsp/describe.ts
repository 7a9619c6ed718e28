import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import type { Clock } from '../../core/runtime/clock.ts';
import type { CameraCredentials } from '../../core/stages.ts';
import type { PinnedAddress } from './address-guard.ts';
import { toAuthorization } from './digest.ts';
import { parseReply, type RtspReply, videoCodecsOf } from './rtsp-reply.ts';
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

type Failure = Extract<Description, { failure: unknown }>;

/** A session description is a few hundred bytes; who sends more is no camera. */
const maxReplyBytes = 64 * 1024;

const failureOf = (error: NodeJS.ErrnoException, isConnected: boolean): Failure => {
  if (error.code === 'ECONNREFUSED') return { failure: 'refused' };
  return { failure: isConnected ? 'closed' : 'unreachable' };
};

/** Sends one request and waits for its reply on a connection that may be used before and after. */
const ask = (socket: Socket, request: string): Promise<RtspReply | Failure> =>
  new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const settle = (result: RtspReply | Failure): void => {
      socket.off('data', take).off('close', ended);
      resolve(result);
    };
    const take = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const reply = parseReply(received);
      if (reply === undefined || received.length > maxReplyBytes) settle({ failure: 'not-rtsp' });
      else if (reply !== 'incomplete') settle(reply);
    };
    const ended = (): void => settle({ failure: 'closed' });
    socket.on('data', take).on('close', ended);
    socket.write(request);
  });

const describe = async (
  socket: Socket,
  { pinned, credentials }: DescribeOptions,
): Promise<RtspReply | Failure> => {
  const url = toQueriedUrl(pinned.url, credentials);
  const head = (sequence: number): string =>
    `DESCRIBE ${url} RTSP/1.0\r\nCSeq: ${sequence}\r\nAccept: application/sdp\r\n`;
  const first = await ask(socket, `${head(1)}\r\n`);
  if ('failure' in first || first.status !== 401 || !credentials?.user) return first;
  for (const challenge of first.headers.get('www-authenticate') ?? []) {
    const authorization = toAuthorization(challenge, credentials, 'DESCRIBE', url);
    if (authorization) return ask(socket, `${head(2)}Authorization: ${authorization}\r\n\r\n`);
  }
  return first;
};

const connect = ({ address, port, isTls }: PinnedAddress): Socket =>
  // Cameras sign their own certificates; FFmpeg does not check them either.
  isTls ? tls.connect({ host: address, port, rejectUnauthorized: false }) : net.connect(port, address);

const converse = (socket: Socket, options: DescribeOptions): Promise<Description> =>
  new Promise((resolve) => {
    let isConnected = false;
    socket.once('error', (error) => resolve(failureOf(error, isConnected)));
    socket.once(options.pinned.isTls ? 'secureConnect' : 'connect', () => {
      isConnected = true;
      void describe(socket, options).then((reply) =>
        resolve(
          'failure' in reply
            ? reply
            : { status: reply.status, videoCodecs: reply.status === 200 ? videoCodecsOf(reply.body) : [] },
        ),
      );
    });
    const { clock, timeoutMs, signal } = options;
    void clock
      .sleep(timeoutMs, signal)
      .then(() => resolve({ failure: isConnected ? 'silent' : 'unreachable' }));
  });

/**
 * Asks a camera by DESCRIBE alone what is wrong, after FFmpeg could not open it and its error says too little.
 * Never rejects.
 */
export const describeStream = async (options: DescribeOptions): Promise<Description> => {
  const done = new AbortController();
  const signal = AbortSignal.any([options.signal, done.signal]);
  const socket = connect(options.pinned);
  try {
    return await converse(socket, { ...options, signal });
  } finally {
    done.abort();
    socket.destroy();
  }
};
