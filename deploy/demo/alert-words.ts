import type { RaisedAlert } from '../../core/schema/alert.ts';
import type { Label } from '../../core/schema/label.ts';
import type { ScenarioKind, Severity } from '../../core/schema/scenario.ts';

const kinds: Record<ScenarioKind, string> = {
  intrusion: '区域入侵 intrusion',
  crowd: '人员聚集 crowd',
  blockedLane: '占用通道 blocked lane',
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
