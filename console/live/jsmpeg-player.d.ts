declare module '@cycjimmy/jsmpeg-player' {
  /** What the player needs of something that gives it a transport stream. */
  interface Source {
    write(bytes: ArrayBuffer): void;
    destroy(): void;
  }

  interface PlayerOptions {
    canvas: HTMLCanvasElement;
    source: new () => Source;
    audio: false;
    disableWebAssembly: true;
    pauseWhenHidden: boolean;
    videoBufferSize: number;
    onVideoDecode(): void;
  }

  /** Takes pictures as the demuxer finds them; what was written and not read lies behind `index`, in bits. */
  interface VideoDecoder {
    readonly bits: { index: number; readonly byteLength: number };
    write(seconds: number, parts: readonly Uint8Array[]): void;
  }

  interface Player {
    readonly video: VideoDecoder;
    readonly source: Source;
    /** Times in seconds: of the first picture, and of the newest that came. */
    readonly demuxer: { readonly startTime: number; readonly currentTime: number };
    destroy(): void;
  }

  const JSMpeg: { Player: new (url: string, options: PlayerOptions) => Player };

  export default JSMpeg;
}
