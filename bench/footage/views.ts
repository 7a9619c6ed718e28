import type { SuggestedScenario } from '../../deploy/demo/camera-recipe.ts';
import { demoCameras } from '../../deploy/demo/cameras.ts';
import type { Coding, Light, LiveWindow, View } from './view.ts';

const subStream: Coding = { codec: 'h264', gopSeconds: 2, kbitPerSecond: 700 };
const mainStream: Coding = { codec: 'h264', gopSeconds: 2, kbitPerSecond: 4000 };
const subPicture = { width: 640, height: 480 };

interface ViewOptions {
  light?: Light;
  pace?: View['pace'];
  coding?: Coding;
  scenario: Partial<Pick<Extract<SuggestedScenario, { kind: 'crowd' }>, 'count'>> & { dwell: string };
}

/** A view of the demo's footage with other things happening in it. Windows are seconds of vtest.avi. */
const viewOf = (
  id: string,
  demoId: string,
  { light = 'day', pace = 'usual', coding = subStream, scenario }: ViewOptions,
  windows: readonly LiveWindow[],
): View => {
  const demo = demoCameras.find((recipe) => recipe.id === demoId);
  if (!demo) throw new RangeError(`there is no camera '${demoId}' in the demo`);
  const scenarios = demo.scenarios.map((made) => ({ ...made, ...scenario, id }) as SuggestedScenario);
  return { ...demo, id, picture: subPicture, light, pace, coding, scenarios, windows };
};

const dwell = (text: string) => ({ scenario: { dwell: text } });
const brief: ViewOptions = { pace: 'brief', ...dwell('400ms') };

/**
 * Sub-streams of 640×480: what happens was cut where somebody stands in the zone at once (it begins while the camera is
 * dormant) or comes into view before (it begins while it is awake).
 */
export const townViews: readonly View[] = [
  viewOf('lawn', 'granary-lawn', dwell('2s'), [
    [53.2, 59.2],
    [56, 61.4],
    [63.6, 70],
    [66.6, 72.6],
  ]),
  viewOf('pavement', 'closed-pavement', dwell('1s'), [
    [20.8, 26.8],
    [22.8, 28.8],
    [52.6, 58.2],
    [60.2, 63.8],
    [68.4, 74.8],
    [71.2, 75.2],
  ]),
  viewOf('verge', 'bridge-verge', dwell('1s'), [
    [19.8, 22.8],
    [38.4, 40.6],
    [46, 48.8],
    [53.6, 60],
    [56.4, 62.8],
  ]),
  viewOf('road', 'road-works', dwell('2s'), [
    [1.2, 8.2],
    [3, 8.2],
    [11.4, 15.4],
    [17.4, 23.4],
    [19.8, 26],
    [33, 40],
    [36, 40.8],
    [46, 52],
  ]),
  viewOf('brief-lawn', 'granary-lawn', brief, [
    [54, 55.6],
    [56, 57.8],
    [59, 60.4],
    [65, 66.6],
    [67, 68.8],
    [70, 71.4],
  ]),
  viewOf('corner', 'lawn-corner', dwell('2s'), [
    [51.4, 55.8],
    [57.8, 64],
    [60, 66.2],
    [62, 68.2],
  ]),
  viewOf('gate', 'works-gate', dwell('3s'), [
    [11, 19],
    [14, 20.6],
    [16, 22],
    [18, 23.6],
  ]),
  viewOf('lawn-night', 'granary-lawn', { light: 'night', ...dwell('2s') }, [
    [53.2, 59.2],
    [56, 61.4],
    [63.6, 70],
    [66.6, 72.6],
  ]),
  viewOf('square-west', 'square-west', { scenario: { dwell: '2s', count: 2 } }, [
    [25, 31],
    [27, 34],
    [64, 70],
    [66.6, 72.4],
  ]),
  viewOf('brief-road', 'road-works', brief, [
    [3, 4.6],
    [6.4, 7.8],
    [12, 13.8],
    [18.4, 20],
    [22, 23.4],
    [34, 35.8],
    [38, 39.6],
    [43, 44.4],
  ]),
  viewOf('square-east', 'square-east', { scenario: { dwell: '2s', count: 2 } }, [
    [1.2, 7],
    [12.6, 18.6],
    [18, 24],
    [33, 39],
    [34.6, 40.4],
    [46, 52],
    [48.2, 54.2],
    [58, 64],
  ]),
  viewOf('road-night', 'road-works', { light: 'night', ...dwell('2s') }, [
    [1.2, 8.2],
    [11.4, 15.4],
    [19.8, 26],
    [36, 40.8],
  ]),
  viewOf('brief-road-night', 'road-works', { ...brief, light: 'night' }, [
    [3, 4.8],
    [18.4, 20.2],
    [34, 35.8],
    [38, 39.8],
  ]),
];

/** What other cameras send: H.265, and the long GOPs of "smart" coding. */
export const oddViews: readonly View[] = [
  viewOf('gate-h265', 'works-gate', { coding: { ...subStream, codec: 'h265' }, ...dwell('3s') }, [
    [11, 19],
    [17.6, 21.6],
  ]),
  viewOf('corner-12s', 'lawn-corner', { coding: { ...subStream, gopSeconds: 12 }, ...dwell('2s') }, [
    [51.4, 55.6],
    [57.8, 62],
  ]),
];

/** One in ten of H.265 and one in ten with a GOP of 12 s. */
export const mixedViews: readonly View[] = [...townViews.slice(0, 8), ...oddViews];

const mainViewOf = (id: string, top: number, windows: readonly LiveWindow[]): View => {
  const road = viewOf(id, 'road-works', { coding: mainStream, ...dwell('2s') }, windows);
  const height = 432;
  // The road of the sub-stream's crop, in the share of the wider picture that it takes.
  const { crop } = road;
  const zones = road.zones.map((zone) => ({
    ...zone,
    polygon: zone.polygon.map(([x, y]): [number, number] => [
      (crop.x + x * crop.width) / 768,
      (crop.y - top + y * crop.height) / height,
    ]),
  }));
  const picture = { width: 1920, height: 1080 };
  return { ...road, zones, picture, crop: { x: 0, y: top, width: 768, height } };
};

/** Main streams of 1920×1080. */
export const mainViews: readonly View[] = [
  mainViewOf('main-near', 144, [
    [1.6, 5.6],
    [17.4, 21.4],
    [33, 37],
  ]),
  mainViewOf('main-far', 0, [
    [11.4, 15.4],
    [42, 46],
  ]),
];
