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

  interface Player {
    readonly source: Source;
    /** Times in seconds: of the first picture, and of the newest that came. */
    readonly demuxer: { readonly startTime: number; readonly currentTime: number };
    destroy(): void;
  }

  const JSMpeg: { Player: new (url: string, options: PlayerOptions) => Player };

  export default JSMpeg;
}
