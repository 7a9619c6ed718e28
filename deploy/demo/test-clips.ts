import { clipFps, type EncodeJob, type FootageFiles, h264Options } from './filter-graph.ts';

// 795 pictures at 10 fps, each shown from its own moment on: interpolated pictures would be a second truth.
const frames = 1987;
const wholeTimeline = `fps=${clipFps}:round=up,tpad=stop_mode=clone:stop_duration=1,format=yuv420p`;
const options = [...h264Options(2000), '-frames:v', `${frames}`];

/** The parked van of the footage and its shadow, in pixels. */
const van = { x: 644, y: 38, width: 88, height: 64 };

/** When the van appears in `van-arrives`. */
export const vanArrivesAtSeconds = 20;

/** The whole footage on its own timeline. */
export const fullViewJob = ({ source }: FootageFiles): EncodeJob => ({
  inputs: [{ file: source, options: [] }],
  graph: `[0:v]${wholeTimeline}[out]`,
  outputOptions: options,
  frames,
});

/**
 * The same with the van covered until it arrives. The patch is what delogo makes of the plate there: wall and pavement
 * carried inwards from the patch's edges, so that it has no edge of its own.
 */
export const vanArrivesJob = ({ source, plate }: FootageFiles): EncodeJob => {
  const { x, y, width, height } = van;
  return {
    inputs: [
      { file: source, options: [] },
      { file: plate, options: [] },
    ],
    graph: [
      `[1:v]format=yuv444p,delogo=x=${x}:y=${y}:w=${width}:h=${height},crop=${width}:${height}:${x}:${y}[patch]`,
      `[0:v]${wholeTimeline}[view]`,
      `[view][patch]overlay=${x}:${y}:enable='lt(t,${vanArrivesAtSeconds})'[out]`,
    ].join(';'),
    outputOptions: options,
    frames,
  };
};
