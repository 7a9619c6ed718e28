import JSMpeg from '@cycjimmy/jsmpeg-player';
import { beginsAnew, Mpeg1Backlog } from './mpeg1-backlog.ts';
import type { Picture, PictureEvents } from './picture.ts';
import type { LiveStart } from './told.ts';

/** Takes the bytes of our own connection instead of opening one. */
class GivenSource {
  readonly streaming = true;
  readonly established = true;
  readonly progress = 1;
  #destination: { write(bytes: ArrayBuffer): void } | undefined;

  connect(destination: { write(bytes: ArrayBuffer): void }): void {
    this.#destination = destination;
  }

  start(): void {}
  resume(): void {}

  destroy(): void {
    this.#destination = undefined;
  }

  write(bytes: ArrayBuffer): void {
    this.#destination?.write(bytes);
  }
}

/** MPEG-1 in script, for a codec that the browser does not know. Without WebAssembly, which the security policy forbids. */
export const openMpeg1Picture = (
  { mediaSeconds, width, height }: LiveStart,
  { onShown }: PictureEvents,
): Picture => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const backlog = new Mpeg1Backlog();
  const player = new JSMpeg.Player('', {
    canvas,
    source: GivenSource,
    audio: false,
    disableWebAssembly: true,
    pauseWhenHidden: false,
    videoBufferSize: 1024 * 1024,
    onVideoDecode: () => {
      const { startTime, currentTime } = player.demuxer;
      onShown(mediaSeconds + (backlog.shown() ?? currentTime) - startTime);
    },
  });
  const { video } = player;
  const write = video.write.bind(video);
  video.write = (seconds, parts) => {
    // It decodes one picture at most for each of the screen: where those are few, what comes is more than it shows.
    if (backlog.put(seconds, beginsAnew(parts))) video.bits.index = video.bits.byteLength * 8;
    write(seconds, parts);
  };
  return {
    element: canvas,
    put: (bytes) => player.source.write(bytes),
    close: () => {
      player.destroy();
      canvas.remove();
    },
  };
};
