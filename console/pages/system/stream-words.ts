import { defineWords } from '../../words/define-words.ts';

export const streamWords = defineWords({
  zh: {
    ALERTS: '预警 ALERTS',
    TRACKS: '轨迹 TRACKS',
    OBSERVATIONS: '检测记录 OBSERVATIONS',
    COUNTS: '越线计数 COUNTS',
    AUDIT: '审计 AUDIT',
    HANDOVERS: '交接班 HANDOVERS',
    HEALTH: '摄像机状态 HEALTH',
    ROLES: '角色状态 ROLES',
    PROBE: '写盘自检 PROBE',
  },
  en: {
    ALERTS: 'Alerts ALERTS',
    TRACKS: 'Tracks TRACKS',
    OBSERVATIONS: 'Observations OBSERVATIONS',
    COUNTS: 'Line counts COUNTS',
    AUDIT: 'Audit log AUDIT',
    HANDOVERS: 'Handovers HANDOVERS',
    HEALTH: 'Camera status HEALTH',
    ROLES: 'Role status ROLES',
    PROBE: 'Storage probe PROBE',
  },
});

/** A stream's name, in words where it has some. */
export const streamWord = (name: string): string =>
  Object.hasOwn(streamWords.words.zh, name) ? streamWords(name as keyof typeof streamWords.words.zh) : name;
