import { defineWords } from './define-words.ts';

/** What alerts are made of, in words; named as the schema names it. */
export const kindWord = defineWords({
  zh: {
    intrusion: '区域入侵',
    crowd: '人员聚集',
    lineCrossing: '越界',
    loitering: '徘徊',
    wrongWay: '逆行',
    blockedLane: '占用通道',
    roadObstacle: '路面障碍',
    waterside: '涉水',
    fireSmoke: '烟火',
    unusualActivity: '异常活动',
    cameraHealth: '视频质量',
    composite: '复合预警',
  },
  en: {
    intrusion: 'Intrusion',
    crowd: 'Crowd',
    lineCrossing: 'Line crossing',
    loitering: 'Loitering',
    wrongWay: 'Wrong way',
    blockedLane: 'Blocked lane',
    roadObstacle: 'Road obstacle',
    waterside: 'Waterside',
    fireSmoke: 'Fire or smoke',
    unusualActivity: 'Unusual activity',
    cameraHealth: 'Camera health',
    composite: 'Composite',
  },
});

export const severityWord = defineWords({
  zh: { urgent: '紧急', high: '高', medium: '中', low: '低' },
  en: { urgent: 'Urgent', high: 'High', medium: 'Medium', low: 'Low' },
});

export const stateWord = defineWords({
  zh: {
    raised: '待处理',
    acknowledged: '已受理',
    dispatched: '已派单',
    onScene: '已到场',
    resolved: '已处置',
    falseAlarm: '误报',
    duplicate: '重复',
    reviewed: '已复核',
    closed: '已结案',
  },
  en: {
    raised: 'Raised',
    acknowledged: 'Acknowledged',
    dispatched: 'Dispatched',
    onScene: 'On scene',
    resolved: 'Resolved',
    falseAlarm: 'False alarm',
    duplicate: 'Duplicate',
    reviewed: 'Reviewed',
    closed: 'Closed',
  },
});

export const reasonWord = defineWords({
  zh: {
    animal: '动物',
    weather: '天气（风雨雾）',
    light: '光线（车灯、反光、影子）',
    ownStaff: '本单位人员',
    permitted: '获准的活动',
    detectorMistook: '检测认错',
    zoneWrong: '区域画得不对',
    other: '其他',
  },
  en: {
    animal: 'Animal',
    weather: 'Weather (wind, rain, fog)',
    light: 'Light (headlamps, reflections, shadows)',
    ownStaff: 'Own staff',
    permitted: 'Permitted',
    detectorMistook: 'The detector mistook it',
    zoneWrong: 'The zone is drawn wrongly',
    other: 'Other',
  },
});

/** What is done for an alert besides publishing it. */
export const actionWord = defineWords({
  zh: { talkDown: '自动喊话', webhook: '外部通知', escalate: '升级' },
  en: { talkDown: 'Talk-down', webhook: 'Webhook', escalate: 'Escalation' },
});

/** What became of it. */
export const outcomeWord = defineWords({
  zh: {
    accepted: '已执行',
    failed: '未成功',
    'quiet-hours': '静音时段，没有执行',
    'hourly-limit': '已到每小时上限，没有执行',
    'not-needed': '已有人处理，无需执行',
  },
  en: {
    accepted: 'done',
    failed: 'failed',
    'quiet-hours': 'quiet hours, not done',
    'hourly-limit': 'hourly limit reached, not done',
    'not-needed': 'not needed any more',
  },
});

export const conditionWord = defineWords({
  zh: {
    offline: '离线',
    frozen: '画面冻结',
    dark: '画面过暗',
    covered: '镜头被遮挡',
    blurred: '画面模糊',
    moved: '镜头移位',
  },
  en: {
    offline: 'offline',
    frozen: 'frozen',
    dark: 'dark',
    covered: 'covered',
    blurred: 'blurred',
    moved: 'moved',
  },
});

export const dueWord = defineWords({
  zh: { acknowledge: '受理', onScene: '到场', disposition: '处置' },
  en: { acknowledge: 'Acknowledge', onScene: 'On scene', disposition: 'Dispose' },
});

export const labelWord = defineWords({
  zh: {
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
    fire: '明火',
    smoke: '烟雾',
  },
  en: {
    person: 'person',
    bicycle: 'bicycle',
    car: 'car',
    motorcycle: 'motorcycle',
    bus: 'bus',
    truck: 'lorry',
    boat: 'boat',
    dog: 'dog',
    cat: 'cat',
    horse: 'horse',
    sheep: 'sheep',
    cow: 'cow',
    fire: 'fire',
    smoke: 'smoke',
  },
});
