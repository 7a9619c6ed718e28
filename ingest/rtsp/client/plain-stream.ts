import { randomBytes } from 'node:crypto';
import { type Clock, runEvery } from '../../../core/runtime/clock.ts';
import type { StreamFaults } from '../../session/camera-faults.ts';
import type { PacketStream, ReadPacket } from '../../session/packet-stream.ts';
import { writeReceiverReport } from '../rtp/rtcp.ts';
import { RtpReceiver } from '../rtp/rtp-receiver.ts';
import { PacketQueue } from './packet-queue.ts';
import type { MediaSink, RtspConnection } from './rtsp-connection.ts';
import type { RtspSession } from './rtsp-session.ts';

export interface PlainStreamOptions {
  connection: RtspConnection;
  session: RtspSession;
  clock: Clock;
  /** A connection that brings no byte for so long is ended. */
  silenceMs: number;
}

/** RFC 3550 section 6.2. */
const reportPeriodMs = 5_000;
/** How long the camera may take to say goodbye. */
const teardownMs = 500;

interface Reader {
  resolve: (packet: ReadPacket | undefined) => void;
  reject: (error: Error) => void;
}

/** The video track of one RTSP connection, which it owns. */
export class PlainStream implements PacketStream, MediaSink {
  readonly codec: 'h264' | 'h265';
  /** Streams with B-frames are left to FFmpeg. */
  readonly reorderFrames = 0;
  readonly #options: PlainStreamOptions;
  readonly #receiver: RtpReceiver;
  readonly #queue = new PacketQueue();
  readonly #ssrc = randomBytes(4).readUInt32BE();
  /** Aborts when no further packet is wanted or can come. */
  readonly #over = new AbortController();
  #isInterrupted = false;
  #reader: Reader | undefined;
  #error: Error | undefined;
  #reportedAt = 0;
  #closing: Promise<void> | undefined;

  constructor(options: PlainStreamOptions) {
    this.#options = options;
    this.codec = options.session.track.codec;
    this.#receiver = new RtpReceiver(options.session.track, (packet) => this.#put(packet));
  }

  get faults(): StreamFaults {
    return { skippedBytes: this.#options.connection.skippedBytes, ...this.#receiver.counts };
  }

  read(): Promise<ReadPacket | undefined> {
    if (this.#isInterrupted) return Promise.resolve(undefined);
    const packet = this.#queue.take();
    if (packet) {
      if (this.#queue.pressure() === 'release') this.#options.connection.resume();
      return Promise.resolve(packet);
    }
    if (this.#error) return Promise.reject(this.#error);
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  rest(ms: number): void {
    this.#options.connection.rest(ms);
  }

  interrupt(): void {
    if (this.#isInterrupted) return;
    this.#isInterrupted = true;
    this.#over.abort();
    this.#queue.clear();
    this.#takeReader()?.resolve(undefined);
  }

  close(): Promise<void> {
    this.interrupt();
    this.#closing ??= this.#sayGoodbye();
    return this.#closing;
  }

  frame(channel: number, bytes: Buffer, begin: number, end: number): void {
    if (this.#isInterrupted) return;
    const { rtpChannel, rtcpChannel } = this.#options.session;
    if (channel === rtpChannel) this.#receiver.takeRtp(bytes, begin, end);
    else if (channel === rtcpChannel) this.#takeRtcp(bytes, begin, end);
  }

  ended(error: Error): void {
    this.#error = error;
    this.#over.abort();
    this.#takeReader()?.reject(error);
  }

  /** Reports and keeps the session alive until the stream is over. */
  async keepUp(): Promise<void> {
    const { clock, connection, session, silenceMs } = this.#options;
    const keepAliveMs = Math.max(1_000, Math.min(session.timeoutMs / 2, 30_000));
    let askedAt = clock.monotonic();
    let heard = { bytes: connection.receivedBytes, at: askedAt };
    await runEvery(clock, Math.min(reportPeriodMs, keepAliveMs), this.#over.signal, () => {
      const now = clock.monotonic();
      // A camera that is held back by us is not silent.
      if (connection.receivedBytes !== heard.bytes || this.#queue.isHeldBack)
        heard = { bytes: connection.receivedBytes, at: now };
      else if (now - heard.at >= silenceMs) connection.giveUp();
      this.#report(now);
      if (now - askedAt < keepAliveMs) return;
      askedAt = now;
      // Whatever it answers: a session that is gone sends nothing more, and that is noticed.
      void connection.request(session.keepAlive, session.url, { Session: session.id });
    });
  }

  #put(packet: ReadPacket): void {
    const reader = this.#takeReader();
    if (reader) reader.resolve(packet);
    else this.#queue.put(packet);
    if (this.#queue.pressure() === 'hold') this.#options.connection.pause();
  }

  #takeReader(): Reader | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader;
  }

  #takeRtcp(bytes: Buffer, begin: number, end: number): void {
    const before = this.#receiver.latestReport;
    this.#receiver.takeRtcp(bytes, begin, end);
    if (this.#receiver.latestReport !== before) this.#reportedAt = this.#options.clock.monotonic();
  }

  #report(now: number): void {
    const { latestReport, sequence, source } = this.#receiver;
    if (source === undefined) return;
    const latest = latestReport && { report: latestReport, ageMs: now - this.#reportedAt };
    const report = writeReceiverReport({ receiver: this.#ssrc, source, latest, ...sequence.report() });
    this.#options.connection.sendFrame(this.#options.session.rtcpChannel, report);
  }

  /** Many cameras keep a session for a minute that nobody has taken down. */
  async #sayGoodbye(): Promise<void> {
    const { clock, connection, session } = this.#options;
    const done = new AbortController();
    connection.rest(0);
    connection.resume();
    await Promise.race([
      connection.request('TEARDOWN', session.url, { Session: session.id }),
      clock.sleep(teardownMs, done.signal),
    ]);
    done.abort();
    connection.close();
  }
}
