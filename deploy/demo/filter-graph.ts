import {
  type CameraRecipe,
  clipSeconds,
  crossFadeSeconds,
  type Stretch,
  stretchSeconds,
} from './camera-recipe.ts';

export const clipFps = 25;

/** One input of an ffmpeg command with the options that stand before it. */
export interface EncodeInput {
  file: string;
  options: readonly string[];
}

/** What ffmpeg is asked to make: one file from some inputs through one filter graph whose output is `[out]`. */
export interface EncodeJob {
  inputs: readonly EncodeInput[];
  graph: string;
  outputOptions: readonly string[];
  frames: number;
}

/** The footage and the plate: the footage's own view with nobody in it. */
export interface FootageFiles {
  source: string;
  plate: string;
}

// 10 → 25 fps by motion: repeated pictures would make decoding unrealistically cheap, and blended ones show a walker
// twice. On the crop, before it is enlarged, since the cost is per pixel. The filter holds back its last two pictures.
const toClipFps = [
  'tpad=stop_mode=clone:stop_duration=0.4',
  `minterpolate=fps=${clipFps}:mi_mode=mci:mc_mode=obmc:me_mode=bilat:scd=none`,
].join(',');

// Mild sensor noise, a new pattern in each picture.
const sensorNoise = 'noise=alls=4:allf=t';

/** What a clip looks like beside what is to be seen in it, and how it is coded. */
export interface ClipStyle {
  fadeSeconds: number;
  /** Filters on the whole picture: light and noise. */
  finish: string;
  outputOptions: readonly string[];
}

/** Closed GOPs of 2 s without B-frames and with parameter sets in each, as cameras send them. */
export const h264Options = (kbitPerSecond: number, gopSeconds = 2): string[] => [
  ...['-an', '-c:v', 'libx264', '-preset', 'superfast', '-threads', '1', '-pix_fmt', 'yuv420p'],
  ...[
    '-b:v',
    `${kbitPerSecond}k`,
    '-maxrate',
    `${kbitPerSecond * 1.25}k`,
    '-bufsize',
    `${kbitPerSecond * 2}k`,
  ],
  ...['-bf', '0', '-g', `${gopSeconds * clipFps}`, '-keyint_min', `${gopSeconds * clipFps}`],
  ...['-sc_threshold', '0'],
  ...['-x264-params', 'open-gop=0:repeat-headers=1', '-movflags', '+faststart', '-f', 'mp4'],
];

/** The view with nobody in it: each pixel's median over one picture per second of the whole footage. */
export const plateJob = ({ source }: FootageFiles): EncodeJob => ({
  inputs: [{ file: source, options: [] }],
  graph: '[0:v]fps=1,tmedian=radius=39[out]',
  outputOptions: ['-frames:v', '1', '-f', 'image2', '-c:v', 'png'],
  frames: 1,
});

const demoStyle: ClipStyle = {
  fadeSeconds: crossFadeSeconds,
  finish: sensorNoise,
  outputOptions: h264Options(700),
};

/** What of a camera's recipe its pictures are made from. */
export type PictureRecipe = Pick<CameraRecipe, 'crop' | 'picture' | 'stretches'>;

/** One camera's clip: its stretches cropped, scaled, brought to 25 fps and dissolved into each other. */
export const cameraJob = (
  recipe: PictureRecipe,
  files: FootageFiles,
  style: ClipStyle = demoStyle,
): EncodeJob => {
  const { stretches } = recipe;
  const frames = Math.round(clipSeconds(recipe, style.fadeSeconds) * clipFps);
  const parts = stretches.map((stretch, index) => stretchChain(recipe, stretch, index));
  const joined = joinChains(stretches, style.fadeSeconds);
  return {
    inputs: stretches.map((stretch) => stretchInput(stretch, files)),
    graph: [...parts, ...joined.chains, `[${joined.label}]${style.finish}[out]`].join(';'),
    outputOptions: [...style.outputOptions, '-frames:v', `${frames}`],
    frames,
  };
};

const stretchInput = (stretch: Stretch, files: FootageFiles): EncodeInput =>
  stretch.kind === 'empty'
    ? { file: files.plate, options: [] }
    : {
        file: files.source,
        options: ['-ss', `${stretch.fromSeconds}`, '-t', `${stretch.toSeconds - stretch.fromSeconds}`],
      };

const stretchChain = (recipe: PictureRecipe, stretch: Stretch, index: number): string => {
  const { crop, picture } = recipe;
  const view = `crop=${crop.width}:${crop.height}:${crop.x}:${crop.y}`;
  const toPicture = `scale=${picture.width}:${picture.height}:flags=bicubic,format=yuv420p,setsar=1`;
  const filters =
    stretch.kind === 'empty'
      ? [view, toPicture, 'loop=loop=-1:size=1', `setpts=N/${clipFps}/TB`]
      : [view, holdFilter(stretch.holdSeconds ?? 0), toClipFps, toPicture];
  return `[${index}:v]${filters.join(',')},trim=duration=${stretchSeconds(stretch)},fps=${clipFps},settb=1/${clipFps}[s${index}]`;
};

const holdFilter = (seconds: number): string => `tpad=start_mode=clone:start_duration=${seconds}`;

const joinChains = (
  stretches: readonly Stretch[],
  fadeSeconds: number,
): { chains: string[]; label: string } => {
  const chains: string[] = [];
  let label = 's0';
  let endSeconds = 0;
  for (const [index, stretch] of stretches.entries()) {
    if (index > 0) {
      const offset = (endSeconds - fadeSeconds).toFixed(2);
      chains.push(
        `[${label}][s${index}]xfade=transition=fade:duration=${fadeSeconds}:offset=${offset}[x${index}]`,
      );
      label = `x${index}`;
      endSeconds -= fadeSeconds;
    }
    endSeconds += stretchSeconds(stretch);
  }
  return { chains, label };
};
