import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Connection } from './connection.ts';
import { packetise } from './rtp-frame.ts';
import { SimulatedCamera } from './simulated-camera.ts';

const frame = packetise('h264', [Buffer.alloc(5000, 0x41)]);
const keyed = { frames: [frame, frame], keyframes: [true, false] };
const reel = { id: 'reel', codec: 'h264' as const, ...keyed, description: 'v=0' };

/** A client's socket that keeps what is written, and as much of it waiting as the test says. */
class ScriptedSocket extends EventEmitter {
  writableLength = 0;
  isDestroyed = false;
  readonly written: Buffer[] = [];
  setNoDelay(): void {}
  write(data: Buffer | string): void {
    this.written.push(Buffer.from(data));
  }
  end(): void {}
  destroy(): void {
    this.isDestroyed = true;
  }
  get text(): string {
    return Buffer.concat(this.written).toString('latin1');
  }
}

const open = () => {
  const socket = new ScriptedSocket();
  const plan = { id: 'gate', parts: [{ reelId: 'reel', frames: 2 }], offsetFrames: 1 };
  const camera = new SimulatedCamera(plan, new Map([['reel', reel]]));
  let cutOff = 0;
  new Connection(socket as unknown as Socket, {
    findCamera: (path) => (path === '/town/gate' ? camera : undefined),
    now: () => 1000,
    onCutOff: () => cutOff++,
  });
  const ask = (method: string, ...headers: string[]): string => {
    const before = socket.text.length;
    const lines = [`${method} rtsp://127.0.0.1/town/gate/ RTSP/1.0`, 'CSeq: 7', ...headers, '', ''];
    socket.emit('data', Buffer.from(lines.join('\r\n')));
    return socket.text.slice(before);
  };
  const tcp = 'Transport: RTP/AVP/TCP;unicast;interleaved=2-3';
  return { socket, camera, ask, tcp, cutOff: () => cutOff };
};

describe('Connection', () => {
  it('describes its camera and offers TCP alone', () => {
    const { ask, tcp } = open();

    expect(ask('DESCRIBE')).toContain('Content-Type: application/sdp\r\nContent-Length: 3\r\n\r\nv=0');
    expect(ask('SETUP', 'Transport: RTP/AVP;unicast;client_port=4000-4001')).toContain('461');
    expect(ask('SETUP', tcp)).toContain('interleaved=2-3;ssrc=');
  });

  it('begins with a keyframe, after a report of its clock', () => {
    const { socket, camera, ask, tcp } = open();
    ask('SETUP', tcp);
    ask('PLAY');
    socket.written.length = 0;

    camera.show(0);
    expect(socket.written).toEqual([]);
    camera.show(1);

    expect(socket.written.map((bytes) => [...bytes.subarray(0, 2)])).toEqual([
      [0x24, 3],
      [0x24, 2],
    ]);
  });

  it('cuts off a client that does not read, once', () => {
    const { socket, camera, ask, tcp, cutOff } = open();
    ask('SETUP', tcp);
    ask('PLAY');
    camera.show(1);

    socket.writableLength = 5 * 1024 ** 2;
    camera.show(2);
    camera.show(3);

    expect(socket.isDestroyed).toBe(true);
    expect(cutOff()).toBe(1);
  });
});
