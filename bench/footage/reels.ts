import type { LiveStretch, Stretch } from '../../deploy/demo/camera-recipe.ts';
import { type ClipStyle, cameraJob, clipFps, h264Options } from '../../deploy/demo/filter-graph.ts';
import type { JobOf } from '../../deploy/demo/footage.ts';
import type { Coding, ReelRecipe, View } from './view.ts';

/** Long enough that its noise does not come round often; a multiple of every GOP in use. */
const quietSeconds = 24;
/** Of the empty view before what happens; grows from reel to reel, so that it begins everywhere in the GOP. */
const leadSeconds = 0.6;
const leadStepSeconds = 0.36;
/** Of the empty view after it, at least. */
const tailSeconds = 0.6;

const fadeSecondsOf = ({ pace }: View): number => (pace === 'brief' ? 0.12 : 0.4);

/** Sensor noise as the demo's; at night three times as strong on a picture a third as bright, as gain makes it. */
const finishOf = {
  day: 'noise=alls=4:allf=t',
  night: "lutyuv=y='16+(val-16)*0.36':u='128+(val-128)*0.5':v='128+(val-128)*0.5',noise=alls=12:allf=t",
} as const;

/** Frames of one group of pictures. */
export const gopFrames = ({ coding }: View): number => coding.gopSeconds * clipFps;

/** A view's reels: the quiet one first. */
export const reelsOf = (view: View): ReelRecipe[] => [
  { id: `${view.id}-quiet`, view, window: undefined, frames: quietSeconds * clipFps },
  ...view.windows.map((window, index) => {
    const seconds = leadOf(view, index) + (window[1] - window[0]) + tailSeconds - 2 * fadeSecondsOf(view);
    const gops = Math.ceil((seconds * clipFps) / gopFrames(view));
    return { id: `${view.id}-${index + 1}`, view, window, frames: gops * gopFrames(view) };
  }),
];

/** What ffmpeg is asked for a reel. */
export const jobOf =
  (reel: ReelRecipe): JobOf =>
  (files) =>
    cameraJob({ ...reel.view, stretches: stretchesOf(reel) }, files, styleOf(reel.view));

const leadOf = ({ coding }: View, index: number): number =>
  leadSeconds + ((index * leadStepSeconds) % coding.gopSeconds);

const stretchesOf = ({ view, window, frames }: ReelRecipe): Stretch[] => {
  const seconds = frames / clipFps;
  if (!window) return [{ kind: 'empty', seconds }];
  const [fromSeconds, toSeconds] = window;
  const live: LiveStretch = { kind: 'live', fromSeconds, toSeconds };
  const lead = leadOf(view, view.windows.indexOf(window));
  const rest = seconds - lead - (toSeconds - fromSeconds) + 2 * fadeSecondsOf(view);
  return [{ kind: 'empty', seconds: lead }, live, { kind: 'empty', seconds: Number(rest.toFixed(2)) }];
};

const styleOf = (view: View): ClipStyle => ({
  fadeSeconds: fadeSecondsOf(view),
  finish: finishOf[view.light],
  outputOptions: codingOptions(view.coding),
});

const codingOptions = ({ codec, gopSeconds, kbitPerSecond }: Coding): string[] =>
  codec === 'h264' ? h264Options(kbitPerSecond, gopSeconds) : h265Options(kbitPerSecond, gopSeconds);

/** As `h264Options`, for H.265. */
const h265Options = (kbitPerSecond: number, gopSeconds: number): string[] => {
  const gop = gopSeconds * clipFps;
  const rate = `vbv-maxrate=${kbitPerSecond * 1.25}:vbv-bufsize=${kbitPerSecond * 2}`;
  const shape = `bframes=0:keyint=${gop}:min-keyint=${gop}:scenecut=0:open-gop=0:repeat-headers=1`;
  return [
    ...['-an', '-c:v', 'libx265', '-preset', 'superfast', '-pix_fmt', 'yuv420p', '-b:v', `${kbitPerSecond}k`],
    ...['-x265-params', `${shape}:${rate}:pools=1:frame-threads=1:log-level=error`, '-f', 'mp4'],
  ];
};
