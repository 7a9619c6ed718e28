import { constants, setPriority } from 'node:os';
// The muxer alone: the package's main file would open a server for everybody on all interfaces.
import Muxer from 'node-rtsp-stream/mpeg1muxer.js';

/** Debian's; the one that makes the demo's footage. */
const ffmpegPath = '/usr/bin/ffmpeg';

/**
 * MPEG-1 knows 23.976 to 60 pictures a second and no 15; a tile is at most 960 wide; no picture waits for a later one.
 * They come after the input's, so none can be said of that: it is told by its first box, which we write. What a camera
 * sends stands behind that, in boxes whose only reference is to the same stream, so it can name neither file nor protocol.
 */
const ffmpegOptions: Readonly<Record<string, string>> = {
  '-protocol_whitelist': 'pipe',
  '-an': '',
  '-r': '25',
  '-b:v': '1500k',
  '-bf': '0',
  '-vf': "scale='min(960,iw)':-2",
  '-threads': '1',
  '-muxdelay': '0',
  '-muxpreload': '0',
  '-flush_packets': '1',
};

export interface Mpeg1Encoder {
  /** Bytes that it was given and has not read. */
  readonly waitingBytes: number;
  /** Fragmented MP4, the start first. */
  write(bytes: Uint8Array): void;
  close(): void;
}

/** Starts one encoder. `onBytes` is given an MPEG transport stream; `onEnd` is called once when it has ended, however. */
export const startMpeg1 = (onBytes: (bytes: Buffer) => void, onEnd: (why: string) => void): Mpeg1Encoder => {
  const muxer = new Muxer({ url: 'pipe:0', ffmpegPath, ffmpegOptions });
  const { stream } = muxer;
  let isOver = false;
  let said = '';
  const end = (why: string): void => {
    if (isOver) return;
    isOver = true;
    onEnd(said ? `${why}: ${said}` : why);
  };
  muxer.on('mpeg1data', onBytes);
  muxer.on('ffmpegStderr', (text: Buffer) => {
    said = text.toString().trim().split('\n').at(-1)?.slice(-200) ?? '';
  });
  stream.on('error', ({ message }) => end(`ffmpeg cannot be started: ${message}`));
  stream.on('close', (code, signal) => end(`ffmpeg ended (${code ?? signal})`));
  // Whoever ended before it was read breaks the pipe; its exit says so better.
  stream.stdin.on('error', () => undefined);
  behindTheRest(stream.pid);
  return {
    get waitingBytes() {
      return stream.stdin.writableLength;
    },
    write: (bytes) => {
      if (!isOver) stream.stdin.write(bytes);
    },
    close: () => stream.kill('SIGKILL'),
  };
};

/** Detecting comes first: a viewer's picture may falter, an alert may not. */
const behindTheRest = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, which is told by itself.
  }
};
