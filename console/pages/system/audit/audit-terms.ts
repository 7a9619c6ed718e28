import { stateWord } from '../../../words/alert-terms.ts';
import { defineWords } from '../../../words/define-words.ts';

/** What is written down about somebody, in words; named as the schema names it. */
export const verbWord = defineWords({
  zh: {
    evidenceSeen: '查看证据',
    liveSeen: '查看实时画面',
    answerLinkSeen: '打开处置链接',
    exportAsked: '申请导出',
    exportApproved: '批准导出',
    exportRefused: '拒绝导出',
    exportWithdrawn: '撤回导出',
    exportFetched: '取走导出',
    alertStepped: '处置预警',
    alertCommented: '备注预警',
    pictureAdded: '上传现场照片',
    pictureSeen: '查看现场照片',
    resourceWritten: '修改配置',
    resourceRemoved: '删除配置',
    signedIn: '登录',
    signedOut: '退出',
    signInRefused: '登录被拒',
    rightRefused: '越权被拒',
    loudspeakerCommanded: '喊话',
    deadLettersRetried: '重发死信',
    historyRemoved: '到期历史清除',
    archiveRemoved: '导出包清除',
  },
  en: {
    evidenceSeen: 'Evidence seen',
    liveSeen: 'Live picture seen',
    answerLinkSeen: 'Answer link opened',
    exportAsked: 'Export asked for',
    exportApproved: 'Export approved',
    exportRefused: 'Export refused',
    exportWithdrawn: 'Export withdrawn',
    exportFetched: 'Export fetched',
    alertStepped: 'Alert stepped',
    alertCommented: 'Alert commented on',
    pictureAdded: 'Picture added',
    pictureSeen: 'Picture seen',
    resourceWritten: 'Settings written',
    resourceRemoved: 'Settings removed',
    signedIn: 'Signed in',
    signedOut: 'Signed out',
    signInRefused: 'Sign-in refused',
    rightRefused: 'Right refused',
    loudspeakerCommanded: 'Loudspeaker commanded',
    deadLettersRetried: 'Dead letters sent again',
    historyRemoved: 'History removed',
    archiveRemoved: 'Archive of an export removed',
  },
});

const isKnown = (verb: string): verb is keyof typeof verbWord.words.zh =>
  Object.hasOwn(verbWord.words.zh, verb);

/** What a newer API writes down and this page does not know yet is said as it stands. */
export const sayVerb = (verb: string): string => (isKnown(verb) ? verbWord(verb) : verb);

/** What a step led to, in words. */
export const sayState = (to: string): string =>
  Object.hasOwn(stateWord.words.zh, to) ? stateWord(to as keyof typeof stateWord.words.zh) : to;
