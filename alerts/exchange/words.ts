import type { Label } from '../../core/schema/label.ts';
import type { ScenarioKind } from '../../core/schema/scenario.ts';

/** What a platform's operator reads, where its codes have no word for it. */
export const kindWords: Readonly<Record<ScenarioKind, string>> = {
  intrusion: '区域入侵',
  lineCrossing: '越界',
  loitering: '徘徊',
  crowd: '人员聚集',
  wrongWay: '逆行',
  blockedLane: '消防通道占用',
  roadObstacle: '路面障碍',
  waterside: '涉水',
  fireSmoke: '烟火',
  unusualActivity: '异常活动',
  cameraHealth: '视频质量',
  composite: '复合预警',
};

/** What a thing is called. Nobody is a thing, and vehicles are told of by their class. */
export const thingWords: ReadonlyMap<Label, string> = new Map([
  ['boat', '船'],
  ['dog', '犬'],
  ['cat', '猫'],
  ['horse', '马'],
  ['sheep', '羊'],
  ['cow', '牛'],
  ['fire', '明火'],
  ['smoke', '烟雾'],
]);
