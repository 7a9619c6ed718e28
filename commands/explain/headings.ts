import type { Language } from '../../core/explanation/words.ts';

/** The fixed words of the page. */
export interface Headings {
  scenarios: string;
  camera: string;
  minutes: string;
  changes: string;
  none: string;
  zone: string;
  /** `live for 12 min`, `dormant since 10:41`. */
  lasting: (what: string, span: string) => string;
  since: (what: string, time: string) => string;
  ago: (span: string) => string;
  cost: (share: string) => string;
  connects: (times: number) => string;
  lastLook: string;
  lastDetection: string;
  lastTrack: string;
  never: string;
  confirmed: string;
  unconfirmed: string;
  still: (span: string) => string;
  moving: string;
  blind: string;
  columns: {
    minute: string;
    awake: string;
    frames: string;
    decoded: string;
    looked: string;
    found: string;
    cost: string;
    why: string;
  };
}

const english: Headings = {
  scenarios: 'SCENARIOS',
  camera: 'CAMERA',
  minutes: 'MINUTES',
  changes: 'TIER CHANGES',
  none: 'none',
  zone: 'zone',
  lasting: (what, span) => `${what} for ${span}`,
  since: (what, time) => `${what} since ${time}`,
  ago: (span) => `${span} ago`,
  cost: (share) => `cost ${share} of a core`,
  connects: (times) => `connected ${times === 1 ? 'once' : `${times} times`}`,
  lastLook: 'last look',
  lastDetection: 'last detection',
  lastTrack: 'last track',
  never: 'none since the worker took the camera',
  confirmed: 'confirmed',
  unconfirmed: 'not confirmed',
  still: (span) => `still for ${span}`,
  moving: 'moving',
  blind: 'no picture',
  columns: {
    minute: 'from',
    awake: 'awake',
    frames: 'frames',
    decoded: 'decoded',
    looked: 'looked',
    found: 'boxes',
    cost: 'cost',
    why: 'why awake',
  },
};

const chinese: Headings = {
  scenarios: '预警场景',
  camera: '摄像机',
  minutes: '最近几分钟',
  changes: '档位变化',
  none: '无',
  zone: '区域',
  lasting: (what, span) => `${what} ${span}`,
  since: (what, time) => `${time} 起${what}`,
  ago: (span) => `${span}前`,
  cost: (share) => `占用一个核的 ${share}`,
  connects: (times) => `连接 ${times} 次`,
  lastLook: '最近检测',
  lastDetection: '最近目标',
  lastTrack: '最近轨迹',
  never: '自 worker 接管以来没有',
  confirmed: '已确认',
  unconfirmed: '未确认',
  still: (span) => `静止 ${span}`,
  moving: '移动中',
  blind: '无画面',
  columns: {
    minute: '时间',
    awake: '唤醒',
    frames: '收到帧',
    decoded: '已解码',
    looked: '已检测',
    found: '目标',
    cost: '占核',
    why: '唤醒原因',
  },
};

export const headingsOf = (language: Language): Headings => (language === 'zh' ? chinese : english);
