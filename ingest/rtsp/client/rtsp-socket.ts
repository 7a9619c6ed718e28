import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import type { PinnedAddress } from '../address-guard.ts';
import type { ReadingTurns } from './reading-turns.ts';

export interface SocketEvents {
  connected(): void;
  /** The bytes are valid during the call alone. */
  received(bytes: Buffer, length: number): void;
  failed(error: NodeJS.ErrnoException): void;
  closed(): void;
}

/**
 * Where the bytes of all plain connections of this thread are read into. libuv asks for it, reads and calls back without
 * anything between, so that one buffer serves them all; what is kept is copied. Large enough for what 200 ms of a camera
 * bring.
 */
const receiveBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/** A connection to a camera. It is read as bytes come, with rests between two readings, or not while it is held back. */
export class RtspSocket {
  readonly #socket: Socket;
  readonly #turns: ReadingTurns | undefined;
  #restMs = 0;
  #isResting = false;
  #isPaused = false;

  /** Without `turns`, and over TLS, there are no rests. */
  constructor({ address, port, isTls }: PinnedAddress, events: SocketEvents, turns?: ReadingTurns) {
    this.#turns = turns;
    this.#socket = isTls ? connectTls(address, port, events) : this.#connectPlain(address, port, events);
    this.#socket.on('error', events.failed).once('close', events.closed).setNoDelay(true);
  }

  /** What the other side has not taken yet. */
  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  write(data: string | Buffer): void {
    this.#socket.write(data);
  }

  /** Stops reading, so that the camera's own buffer fills. */
  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    if (!this.#isResting) this.#socket.resume();
  }

  /** From now on what comes may wait for so many milliseconds before it is read, many pictures in one go; 0: no longer. */
  rest(ms: number): void {
    this.#restMs = ms;
    if (ms === 0) this.#readOn();
  }

  destroy(): void {
    this.#isResting = false;
    this.#socket.destroy();
  }

  #connectPlain(host: string, port: number, events: SocketEvents): Socket {
    const callback = (length: number, bytes: Uint8Array): boolean => {
      events.received(bytes as Buffer, length);
      return !this.#begunToRest(length);
    };
    return net.connect({ host, port, onread: { buffer: receiveBuffer, callback } }, () => events.connected());
  }

  #begunToRest(length: number): boolean {
    // As much as fits: there is more.
    if (!this.#turns || this.#restMs === 0 || length === receiveBuffer.length) return false;
    this.#isResting = true;
    this.#turns.rest(this.#restMs, () => this.#readOn());
    return true;
  }

  #readOn(): void {
    if (!this.#isResting) return;
    this.#isResting = false;
    if (!this.#isPaused) this.#socket.resume();
  }
}

const connectTls = (host: string, port: number, events: SocketEvents): Socket =>
  tls
    // Cameras sign their own certificates; FFmpeg does not check them either.
    .connect({ host, port, rejectUnauthorized: false }, () => events.connected())
    .on('data', (bytes: Buffer) => events.received(bytes, bytes.length));
