import type { RaisedAlert } from '../../core/schema/alert.ts';
import type { Label } from '../../core/schema/label.ts';
import type { ScenarioKind } from '../../core/schema/scenario.ts';
import type { Severity } from '../../core/schema/severity.ts';

const kinds: Record<ScenarioKind, string> = {
  intrusion: '区域入侵 intrusion',
  crowd: '人员聚集 crowd',
  lineCrossing: '越界 line crossing',
  loitering: '徘徊 loitering',
  wrongWay: '逆行 wrong way',
  blockedLane: '占用通道 blocked lane',
  roadObstacle: '路面障碍 road obstacle',
  waterside: '涉水 water-side',
  fireSmoke: '烟火 fire and smoke',
  unusualActivity: '异常活动 unusual activity',
  cameraHealth: '视频质量 camera health',
  composite: '复合预警 composite',
};

const severityWords: Record<Severity, string> = {
  urgent: '紧急 urgent',
  high: '高 high',
  medium: '中 medium',
  low: '低 low',
};

const labelWords: Partial<Record<Label, string>> = {
  person: '人 person',
  car: '轿车 car',
  truck: '货车 lorry',
  bus: '客车 bus',
  motorcycle: '摩托车 motorcycle',
  bicycle: '自行车 bicycle',
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** What happened, with its numbers: `人 person 2.1 s (limit 2.0 s)`. */
const describeFacts = ({ kind, facts }: RaisedAlert): string => {
  const what = facts.label === undefined ? '' : (labelWords[facts.label] ?? facts.label);
  const limit = `(limit ${seconds(facts.limitDwellMs)})`;
  if (facts.obstacle === 'debris') return `散落物 debris for ${seconds(facts.dwellMs)} ${limit}`;
  if (kind === 'crowd') return `${facts.count ?? 0} 人 persons for ${seconds(facts.dwellMs)} ${limit}`;
  if (facts.stoodAtStart) return `${what} 开机时已停放 stood there when watching began`;
  return `${what} for ${seconds(facts.dwellMs)} ${limit}`;
};

/** One line for one alert, for a person who reads it as it goes by. */
export const toAlertLine = (alert: RaisedAlert, placeName: string): string =>
  [
    new Date(alert.raisedAt).toTimeString().slice(0, 8),
    severityWords[alert.severity],
    kinds[alert.kind],
    `${placeName} ${alert.cameraName}`,
    alert.scenarioName,
    describeFacts(alert),
  ].join('  ');
