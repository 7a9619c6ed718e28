declare module 'node-rtsp-stream/mpeg1muxer.js' {
  import type { ChildProcessByStdio } from 'node:child_process';
  import type { EventEmitter } from 'node:events';
  import type { Readable, Writable } from 'node:stream';

  /** Starts ffmpeg with `-i url`, then the options. Emits `mpeg1data` and `ffmpegStderr`, with bytes. */
  interface Mpeg1Muxer extends EventEmitter {
    stream: ChildProcessByStdio<Writable, Readable, Readable>;
  }

  const Muxer: new (options: {
    url: string;
    ffmpegPath: string;
    ffmpegOptions: Readonly<Record<string, string>>;
  }) => Mpeg1Muxer;
  export default Muxer;
}
