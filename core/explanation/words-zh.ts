import type { Explanation, Missing, VerdictCause } from '../schema/explanation.ts';
import type { CameraCause } from '../schema/health.ts';
import type { Label } from '../schema/label.ts';
import { toSpan } from './span.ts';
import type { Words } from './words.ts';

const units = { second: ' 秒', minute: ' 分', hour: ' 小时', day: ' 天' };
const span = (ms: number): string => toSpan(ms, units);

const labels: Record<Label, string> = {
  person: '人',
  bicycle: '自行车',
  car: '轿车',
  motorcycle: '摩托车',
  bus: '客车',
  truck: '货车',
  boat: '船',
  dog: '狗',
  cat: '猫',
  horse: '马',
  sheep: '羊',
  cow: '牛',
  fire: '火',
  smoke: '烟',
};

const cameraCauses: Record<CameraCause, string> = {
  unreachable: '连接不上摄像机',
  refused: '摄像机拒绝连接',
  unauthorised: '用户名或密码错误',
  'not-found': '该地址没有码流',
  'no-video': '码流里没有视频',
  'unsupported-codec': '不支持该视频编码',
  stalled: '码流停滞',
  undecodable: '视频无法解码',
  'address-forbidden': '地址不在站点允许的网络内',
  'closed-by-camera': '摄像机断开了连接',
  'over-budget': '同时连接的摄像机太多',
  'no-capacity': '没有工作进程有余量接收它',
};

const verdicts: Record<VerdictCause, string> = {
  off: '已停用：此刻不允许该摄像机取像。',
  lost: '没有画面',
  'not-connected': '还没有画面：正在排队或正在连接',
  'thread-silent': '摄像机所在线程没有应答，请看 worker 的日志。',
  'no-scenario': '没有任何预警场景用到这台摄像机，因此不会预警。请在站点文件里添加。',
  alerting: '已有未结束的预警；同一情形结束前不再重复预警。',
  'off-duty': '它的所有预警场景此刻都不在值守时间。',
  'no-frames': '有画面，但检测半分钟没有看过一帧，请看 worker 的日志。',
  overloaded: '过载：最近丢弃的帧比检测的多。请减少该 worker 的摄像机，或增加 worker。',
  suppressed: '现场已满足预警条件，但因下列原因不预警。',
  building: '现场已有目标，但还不足以预警。',
  'bad-picture': '画面质量差，看不清现场',
  'nothing-seen': '最近几分钟检测看过画面，没有发现目标。',
  'nothing-in-zone': '最近几分钟发现过目标，但此刻区域内没有需要预警的目标。',
};

const conditions: Words['conditions'] = {
  offline: '离线',
  frozen: '画面冻结',
  dark: '画面黑暗',
  covered: '镜头遮挡',
  blurred: '画面模糊（失焦）',
  moved: '镜头移位',
};

const verdict = (cause: VerdictCause, status: Explanation['status']): string => {
  if (cause === 'bad-picture') {
    const condition = status.picture && conditions[status.picture.condition];
    return `${verdicts[cause]}${condition === undefined ? '' : `：${condition}`}。请检修摄像机。`;
  }
  if (cause !== 'lost' && cause !== 'not-connected') return verdicts[cause];
  const why = status.cause ? cameraCauses[status.cause] : undefined;
  const detail = status.message === undefined ? '' : `（${status.message}）`;
  return `${[verdicts[cause], ...(why === undefined ? [] : [why])].join('：')}${detail}。`;
};

const suppressions: Record<Extract<Missing, { what: 'suppressed' }>['why'], string> = {
  'situation-open': '预警未结束',
  'known-vehicle': '这辆车已预警过，且未见离开',
  'too-many-open': '该摄像机未结束的情形过多',
  'traffic-jam': '区域内多数车辆停驶或缓行，属于拥堵',
  'stood-at-start': '开始值守时它已停在那里',
};

const missing: Words['missing'] = (lack, timeOfDay) => {
  switch (lack.what) {
    case 'frames':
      return '最近没有看过一帧';
    case 'schedule':
      return lack.nextAt === undefined ? '不在值守时间' : `不在值守时间，${timeOfDay(lack.nextAt)} 起值守`;
    case 'nobody':
      return `区域内没有${lack.labels.map((label) => labels[label]).join('、')}`;
    case 'unconfirmed':
      return '有目标，但出现次数太少，尚不可信';
    case 'standstill':
      return `有${labels[lack.label]}，但没有停住`;
    case 'count':
      return `${lack.have} 人，需 ${lack.need} 人`;
    case 'dwell':
      return `${lack.label ? labels[lack.label] : ''}停留 ${span(lack.haveMs)}，需 ${span(lack.needMs)}`;
    case 'distance':
      return `${lack.label ? labels[lack.label] : ''}逆向行驶 ${lack.have}，需 ${lack.need}（画面高度）`;
    case 'roaming':
      return `${lack.label ? labels[lack.label] : ''}离原处 ${lack.have} 个身高，不得超过 ${lack.limit}`;
    case 'crossings':
      return `越界 ${lack.have} 次，需 ${lack.need} 次`;
    case 'attended':
      return `${labels[lack.label]}旁有人`;
    case 'novelty':
      return '路面没有新增的静止物体';
    case 'sight':
      return '时间已够，但最后一帧没有看到';
    case 'suppressed':
      return `已抑制：${suppressions[lack.why]}${lack.by ? `（${lack.by}）` : ''}`;
  }
};

export const chinese: Words = {
  verdict,
  missing,
  span,
  labels,
  watchStates: {
    'off-duty': '不在值守',
    idle: '空闲',
    building: '酝酿',
    open: '预警中',
    suppressed: '已抑制',
  },
  cameraStates: { waiting: '排队', connecting: '连接中', live: '在线', lost: '断开', off: '停用' },
  conditions,
  tiers: { dormant: '休眠', awake: '唤醒' },
  reasons: {
    opened: '刚打开',
    'picture-changed': '画面变化',
    scenario: '场景要求',
    'long-gop': '图像组过长',
    quiet: '无需更多帧',
  },
  drops: { quiet: '静止', behind: '过时', shed: '卸载', 'detector-busy': '繁忙' },
  kinds: {
    intrusion: '区域入侵',
    lineCrossing: '越界',
    loitering: '徘徊',
    crowd: '人员聚集',
    wrongWay: '逆行',
    blockedLane: '占用通道',
    roadObstacle: '路面障碍',
    waterside: '涉水',
    fireSmoke: '烟火',
    unusualActivity: '异常活动',
    cameraHealth: '视频质量',
    composite: '复合预警',
  },
};
