import type { CameraCause } from '../../core/schema/health.ts';
import { defineWords } from '../words/define-words.ts';

/** Words of a live picture. */
export const word = defineWords({
  zh: {
    connecting: '正在连接…',
    live: '实时',
    resting: '未播放',
    stalled: '画面中断，自 {since} 起',
    dead: '无画面',
    deadSince: '无画面，自 {since} 起',
    refused: '不能观看',
    full: '同时观看的人太多，请关闭其他画面',
    mpeg1Full: '本浏览器不能播放此编码，且转码名额已满',
    signedOut: '登录已过期，或已无权观看',
    dormant: '休眠：画面无变化，不做识别',
    behind: '延迟 {seconds} 秒',
  },
  en: {
    connecting: 'Connecting…',
    live: 'Live',
    resting: 'Not playing',
    stalled: 'No new picture since {since}',
    dead: 'No picture',
    deadSince: 'No picture since {since}',
    refused: 'It cannot be watched',
    full: 'Too many are watching at once; close another picture',
    mpeg1Full: 'This browser cannot play the codec, and no more can be encoded for now',
    signedOut: 'The session has ended, or you may not watch this any more',
    dormant: 'Dormant: nothing changes, nothing is looked for',
    behind: '{seconds} s behind',
  },
});

/** Why a camera gives no picture. */
export const causeWord = defineWords<CameraCause>({
  zh: {
    unreachable: '连不上摄像机',
    refused: '摄像机拒绝连接',
    unauthorised: '用户名或密码不对',
    'not-found': '摄像机上没有这路视频',
    'no-video': '没有视频流',
    'unsupported-codec': '编码不支持',
    stalled: '视频流中断',
    undecodable: '画面无法解码',
    'address-forbidden': '地址不在允许的网段内',
    'closed-by-camera': '摄像机断开了连接',
    'over-budget': '同一地点连接太多，正在排队',
    'no-capacity': '本节点没有余力',
  },
  en: {
    unreachable: 'the camera cannot be reached',
    refused: 'the camera refuses the connection',
    unauthorised: 'wrong user name or password',
    'not-found': 'the camera has no such stream',
    'no-video': 'there is no video',
    'unsupported-codec': 'the codec is not supported',
    stalled: 'the stream has stopped',
    undecodable: 'the picture cannot be decoded',
    'address-forbidden': 'the address is in no allowed network',
    'closed-by-camera': 'the camera closed the connection',
    'over-budget': 'too many connect at once; it waits for its turn',
    'no-capacity': 'this node has no room for it',
  },
});
