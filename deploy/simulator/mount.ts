/** What a simulated camera asks for before it is watched. A user has one password on all mounts. */
interface MountAuth {
  user: string;
  password: string;
  /** RTSP's digest (default) or basic authentication. */
  method?: 'digest' | 'basic';
}

/**
 * What goes wrong, counted from each session's first picture: `stall` keeps the connection and sends nothing more, `garbage`
 * sends random bytes in valid RTP, `close` drops the connection.
 */
interface MountFault {
  kind: 'stall' | 'garbage' | 'close';
  afterSeconds: number;
}

/** A simulated camera that plays a clip in real time, without B-frames, at the clip's own rate. */
interface ClipMount {
  /** Starts with a slash. */
  path: string;
  /** Anything with one video track of the codec: MP4, AVI or an elementary stream. */
  file: string;
  codec?: 'h264' | 'h265' | 'mjpeg';
  /** Starts again at the end, with RTP time going on (default); otherwise the stream ends there. */
  loop?: boolean;
  /**
   * Whose clock tells which picture a new session starts with: the server's since it started (default, as a camera's does),
   * the one that the first client started, or each session's own, from the beginning.
   */
  timeline?: 'server' | 'first-client' | 'client';
  /** Where in the clip its timeline starts. */
  offsetSeconds?: number;
  /** A track of sound beside the video. */
  hasSound?: boolean;
  auth?: MountAuth;
  fault?: MountFault;
}

/** A simulated camera that has sound and no picture. */
interface AudioOnlyMount {
  path: string;
  fault: { kind: 'audioOnly' };
}

export type Mount = ClipMount | AudioOnlyMount;
