import { isAppError } from '../../../core/errors.ts';
import type { CameraCredentials } from '../../../core/stages.ts';
import { type IngestError, streamError } from '../../errors.ts';
import type { PinnedAddress } from '../address-guard.ts';
import type { Description } from '../describe.ts';
import { diagnoseDescription, diagnosisOf } from '../diagnose.ts';
import { InterleavedSplitter } from './interleaved-splitter.ts';
import type { ReadingTurns } from './reading-turns.ts';
import { RequestSigner } from './request-signer.ts';
import type { RtspMessage, RtspReply, RtspRequest } from './rtsp-message.ts';
import { RtspSocket } from './rtsp-socket.ts';

export type ConnectionFailure = Extract<Description, { failure: unknown }>['failure'];

/** What a connection without reply ended with: by its failure, or by what the camera sent. */
export interface ConnectionEnd {
  failure: ConnectionFailure;
  error: IngestError;
}

export interface ConnectionOptions {
  pinned: PinnedAddress;
  credentials: CameraCredentials | undefined;
  /** Without them it never rests. */
  turns?: ReadingTurns | undefined;
}

/** Takes what comes between the replies. */
export interface MediaSink {
  frame(channel: number, bytes: Buffer, begin: number, end: number): void;
  /** The connection has ended. Called once. */
  ended(error: IngestError): void;
}

/** Beyond this the camera does not read what we say, and a report more or less is no matter. */
const maxUnsentBytes = 64 * 1024;

/** Some cameras never reply to what keeps their session alive. */
const maxWaiting = 8;

/** What a server may ask a client; to anything else the answer is 405 (RFC 2326 section 10). */
const answered = new Set(['ANNOUNCE', 'GET_PARAMETER', 'OPTIONS', 'SET_PARAMETER']);

const failureOf = (error: NodeJS.ErrnoException, isConnected: boolean): ConnectionFailure => {
  if (error.code === 'ECONNREFUSED') return 'refused';
  return isConnected ? 'closed' : 'unreachable';
};

export const toEnd = (failure: ConnectionFailure): ConnectionEnd => {
  const { cause, message } = diagnoseDescription({ failure });
  return { failure, error: streamError(cause, message) };
};

/** One TCP connection to a camera: requests and their replies, with frames of media between them. */
export class RtspConnection {
  readonly #socket: RtspSocket;
  readonly #signer: RequestSigner;
  readonly #splitter: InterleavedSplitter;
  readonly #waiting = new Map<number, (reply: RtspReply | ConnectionEnd) => void>();
  #sink: MediaSink | undefined;
  #isConnected = false;
  #end: ConnectionEnd | undefined;
  #sequence = 0;
  #receivedBytes = 0;

  constructor({ pinned, credentials, turns }: ConnectionOptions) {
    this.#signer = new RequestSigner(credentials);
    this.#splitter = new InterleavedSplitter({
      frame: (channel, bytes, begin, end) => this.#sink?.frame(channel, bytes, begin, end),
      message: (message) => this.#take(message),
    });
    const events = {
      connected: () => {
        this.#isConnected = true;
      },
      received: (bytes: Buffer, length: number) => this.#receive(bytes, length),
      failed: (error: NodeJS.ErrnoException) => this.#fail(toEnd(failureOf(error, this.#isConnected))),
      closed: () => this.#fail(toEnd('closed')),
    };
    this.#socket = new RtspSocket(pinned, events, turns);
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  get skippedBytes(): number {
    return this.#splitter.skippedBytes;
  }

  /** Media will come on this channel, from now on. */
  expectFrames(rtpChannel: number, sink: MediaSink): void {
    this.#splitter.expectFrames(rtpChannel);
    this.#sink = sink;
    if (this.#end) sink.ended(this.#end.error);
  }

  /** Sends a request, signed where the camera asks for it, and waits for its reply or the end of the connection. */
  async request(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RtspReply | ConnectionEnd> {
    const reply = await this.#ask(method, url, headers);
    if ('failure' in reply || reply.status !== 401) return reply;
    const canSign = this.#signer.challenge(reply.headers.get('www-authenticate') ?? []);
    return canSign ? this.#ask(method, url, headers) : reply;
  }

  /** Sends a frame, unless the camera does not read. */
  sendFrame(channel: number, payload: Buffer): void {
    if (this.#end || this.#socket.unsentBytes > maxUnsentBytes) return;
    const head = Buffer.from([0x24, channel, payload.length >> 8, payload.length & 0xff]);
    this.#socket.write(Buffer.concat([head, payload]));
  }

  /** Stops reading, so that the camera's own buffer fills. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** From now on what comes may wait for so many milliseconds before it is read; 0: no longer. */
  rest(ms: number): void {
    this.#socket.rest(ms);
  }

  /** Ends the connection at once: nothing came in time. */
  giveUp(): void {
    const failure = this.#isConnected ? 'silent' : 'unreachable';
    const isPlaying = this.#sink !== undefined;
    const error = streamError('stalled', diagnosisOf('stalled').message);
    this.#fail(isPlaying ? { failure, error } : toEnd(failure));
  }

  close(): void {
    this.#fail(toEnd('closed'));
  }

  #ask(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<RtspReply | ConnectionEnd> {
    if (this.#end) return Promise.resolve(this.#end);
    const sequence = ++this.#sequence;
    const authorization = this.#signer.sign(method, url);
    const lines = [
      `${method} ${url} RTSP/1.0`,
      `CSeq: ${sequence}`,
      'User-Agent: xueliang',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
    ];
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    if (this.#waiting.size >= maxWaiting) this.#forgetOldest();
    return new Promise((resolve) => this.#waiting.set(sequence, resolve));
  }

  #forgetOldest(): void {
    for (const [sequence, resolve] of this.#waiting) {
      this.#waiting.delete(sequence);
      resolve(toEnd('silent'));
      return;
    }
  }

  #receive(bytes: Buffer, length: number): void {
    if (this.#end) return;
    this.#receivedBytes += length;
    try {
      this.#splitter.push(bytes, length);
    } catch (error) {
      // What the camera sends ends its own stream; a fault of ours is for the supervisor.
      if (!isAppError(error)) throw error;
      this.#fail({ failure: 'not-rtsp', error: error as IngestError });
    }
  }

  #take(message: RtspMessage): void {
    if (!('status' in message)) this.#answer(message);
    // Below that are interim replies; the real one follows.
    else if (message.status >= 200) this.#settle(message);
  }

  #settle(message: RtspReply): void {
    const given = Number(message.headers.get('cseq')?.[0]);
    const sequence = Number.isInteger(given) ? given : (this.#waiting.keys().next().value ?? 0);
    const resolve = this.#waiting.get(sequence);
    this.#waiting.delete(sequence);
    resolve?.(message);
  }

  #answer({ method, headers }: RtspRequest): void {
    if (this.#end || this.#socket.unsentBytes > maxUnsentBytes) return;
    const sequence = headers.get('cseq')?.[0] ?? '';
    const status = answered.has(method) ? '200 OK' : '405 Method Not Allowed';
    const line = /^\d{1,10}$/.test(sequence) ? `CSeq: ${sequence}\r\n` : '';
    this.#socket.write(`RTSP/1.0 ${status}\r\n${line}\r\n`);
  }

  #fail(end: ConnectionEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#socket.destroy();
    for (const resolve of this.#waiting.values()) resolve(end);
    this.#waiting.clear();
    this.#sink?.ended(end.error);
  }
}
