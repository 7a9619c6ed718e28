import { setPriority } from 'node:os';
// The muxer alone: the package's main file would open a server for everybody on all interfaces.
import Muxer from 'node-rtsp-stream/mpeg1muxer.js';

/** Debian's; the one that makes the demo's footage. */
const ffmpegPath = '/usr/bin/ffmpeg';

export interface Mpeg1Kind {
  /** One of several: a small picture of a wall, half as often. */
  isSmall: boolean;
}

/** At most 12.5 a second. By the times of the pictures, so that a gap stays a gap. */
const everyOther = "select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.075)'";

/**
 * No picture waits for a later one, none is shown twice, and the rate that is written into them is the one next to the
 * camera's: MPEG-1 knows no 15. They come after the input's, so none can be said of that: it is told by its first box,
 * which we write. A decoder that is late goes on at the next whole picture (`-g`): half a second on.
 * What a camera sends stands behind that box, in boxes whose only reference is to the same stream, so it can name neither file nor protocol.
 */
const ffmpegOptions = ({ isSmall }: Mpeg1Kind): Readonly<Record<string, string>> => ({
  '-protocol_whitelist': 'pipe',
  '-an': '',
  '-fps_mode': 'vfr',
  '-b:v': isSmall ? '800k' : '1500k',
  '-g': isSmall ? '6' : '12',
  '-bf': '0',
  '-vf': isSmall ? `${everyOther},scale='min(640,iw)':-2` : "scale='min(960,iw)':-2",
  '-threads': '1',
  '-muxdelay': '0',
  '-muxpreload': '0',
  '-flush_packets': '1',
});

export interface Mpeg1Encoder {
  /** Bytes that it was given and has not read. */
  readonly waitingBytes: number;
  /** Fragmented MP4, the start first. */
  write(bytes: Uint8Array): void;
  close(): void;
}

/** Starts one encoder. `onBytes` is given an MPEG transport stream; `onEnd` is called once when it has ended, however. */
export const startMpeg1 = (
  kind: Mpeg1Kind,
  onBytes: (bytes: Buffer) => void,
  onEnd: (why: string) => void,
): Mpeg1Encoder => {
  const muxer = new Muxer({ url: 'pipe:0', ffmpegPath, ffmpegOptions: ffmpegOptions(kind) });
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

/**
 * Detecting comes first: where all cores are at work, a third of a detector thread's share (niceness 5, CFS, weight 110 to 335), and what
 * four can use is a fifth of a core. At the lowest priority a busy machine left them seconds behind.
 */
const niceness = 10;

const behindTheRest = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended already, which is told by itself.
  }
};
