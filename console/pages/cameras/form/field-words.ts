import { defineWords } from '../../../words/define-words.ts';

/** What the fields of cameras and scenarios are called, by their key in the schema. */
export const fieldWord = defineWords({
  zh: {
    id: '编号', name: '名称', place: '所在地（区划代码）', gbCode: '国标编码（20 位）', location: '位置（WGS-84）', longitude: '经度', latitude: '纬度',
    site: '所属点位', stream: '视频流', url: '地址（不含用户名和密码）', transport: '传输方式', credentials: '凭据名称（密码不可查看）', watchdog: '断流判定时间',
    register: '法定登记', category: '公共场所类别', signPosted: '已设置提示标识', filingNumber: '公安备案编号', owner: '产权单位', consent: '住户书面同意',
    reference: '文书编号', grantedOn: '同意日期', revokedOn: '撤回日期', schedule: '值守时段', days: '星期', from: '开始', to: '结束', only: '仅在这些日历', except: '这些日历除外',
    zones: '区域', lines: '界线', masks: '屏蔽区', polygon: '多边形', points: '点', cameras: '摄像机', places: '地区', severity: '等级', coolDown: '合并间隔',
    actions: '联动动作', do: '动作', loudspeakers: '喇叭', recording: '录音', quietHours: '静音时段', perHour: '每小时最多次数', webhook: '推送接口', after: '多久之后',
    zone: '区域', clearAfter: '解除时间', kind: '类型', labels: '目标类别', dwell: '持续时间', purpose: '用途（法定）', line: '界线', direction: '方向', limit: '数量门限',
    count: '数量', within: '时间范围', reach: '活动范围（身高倍数）', hysteresis: '回差人数', along: '车道方向线', minPath: '最短路程（画面高度比例）', allowsAttended: '有人装卸时不算',
    obstacles: '障碍物', minSize: '最小尺寸（画面高度比例）', hits: '命中次数', of: '观察次数', growth: '增大倍数', factor: '偏离倍数', sides: '偏离方向', conditions: '画面问题',
    together: '合并告警的摄像机数', parts: '组成', scenarios: '场景', span: '同一地点的范围', isOrdered: '须按先后顺序',
  },
  en: {
    id: 'Id', name: 'Name', place: 'Place (division code)', gbCode: 'GB/T 28181 code (20 digits)', location: 'Location (WGS-84)', longitude: 'Longitude', latitude: 'Latitude',
    site: 'Site', stream: 'Stream', url: 'Address (no user name or password)', transport: 'Transport', credentials: 'Name of credentials (never shown)', watchdog: 'Lost after',
    register: 'Legal register', category: 'Kind of public place', signPosted: 'Sign posted', filingNumber: 'Police filing number', owner: 'Owner', consent: 'Written consent of the household',
    reference: 'Document number', grantedOn: 'Granted on', revokedOn: 'Revoked on', schedule: 'Hours on duty', days: 'Days', from: 'From', to: 'To', only: 'Only on calendars', except: 'Not on calendars',
    zones: 'Zones', lines: 'Lines', masks: 'Masks', polygon: 'Outline', points: 'Points', cameras: 'Cameras', places: 'Places', severity: 'Severity', coolDown: 'Same alert within',
    actions: 'Actions', do: 'Action', loudspeakers: 'Loudspeakers', recording: 'Recording', quietHours: 'Quiet hours', perHour: 'At most per hour', webhook: 'Webhook', after: 'After',
    zone: 'Zone', clearAfter: 'Over after', kind: 'Kind', labels: 'Classes', dwell: 'For at least', purpose: 'Purpose (legal)', line: 'Line', direction: 'Direction', limit: 'Limit',
    count: 'Count', within: 'Within', reach: 'Reach (body heights)', hysteresis: 'Hysteresis (people)', along: 'Lane direction', minPath: 'Least path (share of height)', allowsAttended: 'Attended vehicles do not count',
    obstacles: 'Obstacles', minSize: 'Least size (share of height)', hits: 'Hits', of: 'Out of looks', growth: 'Growth factor', factor: 'Times the normal spread', sides: 'Which side', conditions: 'What is wrong',
    together: 'One alert from cameras', parts: 'Parts', scenarios: 'Scenarios', span: 'One place is a', isOrdered: 'In this order',
  },
});

/** The label of a field; its key where there is none. */
export const sayField = (key: string): string =>
  Object.hasOwn(fieldWord.words.zh, key) ? fieldWord(key as keyof typeof fieldWord.words.zh) : key;

/** The label of `limit.count`, from the outside in. */
export const sayPath = (path: string): string => path.split('.').map(sayField).join(' · ');
