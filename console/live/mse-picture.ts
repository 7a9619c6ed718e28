import { AppendQueue } from './append-queue.ts';
import { catchUp } from './catch-up.ts';
import type { Picture, PictureEvents } from './picture.ts';
import type { LiveStart } from './told.ts';

const mimeOf = (codec: string): string => `video/mp4; codecs="${codec}"`;

export const canPlay = (codec: string): boolean =>
  typeof MediaSource !== 'undefined' && MediaSource.isTypeSupported(mimeOf(codec));

/** Fragmented MP4 in the browser's own player, kept near its newest picture. */
export const openMsePicture = ({ codec }: LiveStart, { onShown, onBroken }: PictureEvents): Picture => {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  const source = new MediaSource();
  const url = URL.createObjectURL(source);
  let queue: AppendQueue | undefined;
  let early: ArrayBuffer[] = [];
  let isClosed = false;
  const keepNear = (): void => {
    const { buffered } = video;
    if (buffered.length === 0) return;
    const { rate, seekTo } = catchUp(
      video.currentTime,
      buffered.end(buffered.length - 1),
      video.playbackRate,
      video.seeking,
    );
    if (seekTo !== undefined) video.currentTime = Math.max(seekTo, buffered.start(buffered.length - 1));
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (video.paused) video.play().catch(() => undefined); // it is muted: only a closed one refuses
  };
  const followFrames = (): void => {
    video.requestVideoFrameCallback((_now, { mediaTime }) => {
      if (isClosed) return;
      onShown(mediaTime);
      followFrames();
    });
  };
  source.addEventListener('sourceopen', () => {
    URL.revokeObjectURL(url);
    if (isClosed) return;
    const buffer = source.addSourceBuffer(mimeOf(codec));
    buffer.addEventListener('updateend', keepNear);
    queue = new AppendQueue(buffer, () => video.currentTime, onBroken);
    for (const bytes of early) queue.put(bytes);
    early = [];
  });
  video.addEventListener('error', () => {
    if (!isClosed) onBroken();
  });
  video.src = url;
  followFrames();
  return {
    element: video,
    put: (bytes) => {
      if (queue) queue.put(bytes);
      else if (early.length < 500) early.push(bytes);
    },
    close: () => {
      isClosed = true;
      queue?.close();
      early = [];
      URL.revokeObjectURL(url);
      video.removeAttribute('src');
      video.load();
      video.remove();
    },
  };
};
