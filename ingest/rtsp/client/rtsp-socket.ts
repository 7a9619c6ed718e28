import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import type { PinnedAddress } from '../address-guard.ts';

export interface SocketEvents {
  connected(): void;
  /** The bytes are valid during the call alone. Says whether a plain socket is to be read on at once, or when it is resumed. */
  received(bytes: Buffer, length: number): boolean;
  failed(error: NodeJS.ErrnoException): void;
  closed(): void;
}

/**
 * Where the bytes of all plain connections of this thread are read into. libuv asks for it, reads and calls back without
 * anything between, so that one buffer serves them all; what is kept is copied. Large enough for what 200 ms of a camera
 * bring.
 */
const receiveBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/** Connects to a camera. */
export const connectSocket = ({ address, port, isTls }: PinnedAddress, events: SocketEvents): Socket => {
  const socket = isTls ? connectTls(address, port, events) : connectPlain(address, port, events);
  return socket.on('error', events.failed).once('close', events.closed).setNoDelay(true);
};

const connectPlain = (host: string, port: number, events: SocketEvents): Socket => {
  const callback = (length: number, bytes: Uint8Array): boolean => {
    const readsOn = events.received(bytes as Buffer, length);
    // As much as fits: there is more.
    return readsOn || length === receiveBuffer.length;
  };
  return net.connect({ host, port, onread: { buffer: receiveBuffer, callback } }, () => events.connected());
};

const connectTls = (host: string, port: number, events: SocketEvents): Socket =>
  tls
    // Cameras sign their own certificates; FFmpeg does not check them either.
    .connect({ host, port, rejectUnauthorized: false }, () => events.connected())
    .on('data', (bytes: Buffer) => events.received(bytes, bytes.length));
