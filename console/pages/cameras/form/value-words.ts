import { defineWords } from '../../../words/define-words.ts';

/** What the values are called that a field may be chosen from. */
export const valueWord = defineWords({
  zh: {
    road: '道路', square: '广场', market: '集市', park: '公园', waterside: '水边', parkingLot: '停车场', busStation: '车站', schoolGate: '学校门口', hospitalGate: '医院门口',
    shopEntrance: '商店门口', farmland: '农田', villageEntrance: '村口', publicBuildingEntrance: '公共建筑门口', industrialSite: '工矿场所', petitionOffice: '信访场所', court: '法院',
    placeOfWorship: '宗教场所', villageAssembly: '村民议事场所', dwelling: '住宅', householdExterior: '住户门外（户户通）', tcp: 'TCP', udp: 'UDP',
    mon: '周一', tue: '周二', wed: '周三', thu: '周四', fri: '周五', sat: '周六', sun: '周日', urgent: '紧急', high: '高', medium: '中', low: '低',
    person: '人', bicycle: '自行车', car: '小汽车', motorcycle: '摩托车', bus: '客车', truck: '货车', boat: '船', dog: '狗', cat: '猫', horse: '马', sheep: '羊', cow: '牛', fire: '火', smoke: '烟',
    crushRisk: '防踩踏', water: '防溺水', traffic: '交通安全', fireAccess: '消防通道', closedSiteAtNight: '夜间关闭场所', keyPlaceSafety: '重点部位安全',
    forward: '正向', backward: '反向', both: '双向', vehicle: '车辆', debris: '遗撒物', more: '偏多', fewer: '偏少', offline: '离线', frozen: '画面冻结', dark: '过暗', covered: '遮挡', blurred: '模糊', moved: '移位',
    camera: '摄像机', village: '村', township: '乡镇', talkDown: '喊话', webhook: '推送', escalate: '上报',
  },
  en: {
    road: 'Road', square: 'Square', market: 'Market', park: 'Park', waterside: 'Waterside', parkingLot: 'Parking lot', busStation: 'Bus station', schoolGate: 'School gate', hospitalGate: 'Hospital gate',
    shopEntrance: 'Shop entrance', farmland: 'Farmland', villageEntrance: 'Village entrance', publicBuildingEntrance: 'Public building entrance', industrialSite: 'Industrial site', petitionOffice: 'Petition office', court: 'Court',
    placeOfWorship: 'Place of worship', villageAssembly: 'Village assembly', dwelling: 'Dwelling', householdExterior: 'Outside a household', tcp: 'TCP', udp: 'UDP',
    mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun', urgent: 'Urgent', high: 'High', medium: 'Medium', low: 'Low',
    person: 'Person', bicycle: 'Bicycle', car: 'Car', motorcycle: 'Motorcycle', bus: 'Bus', truck: 'Truck', boat: 'Boat', dog: 'Dog', cat: 'Cat', horse: 'Horse', sheep: 'Sheep', cow: 'Cow', fire: 'Fire', smoke: 'Smoke',
    crushRisk: 'Crush risk', water: 'Water', traffic: 'Traffic', fireAccess: 'Fire access', closedSiteAtNight: 'Closed site at night', keyPlaceSafety: 'Safety of a key place',
    forward: 'Forward', backward: 'Backward', both: 'Both', vehicle: 'Vehicle', debris: 'Debris', more: 'More', fewer: 'Fewer', offline: 'Offline', frozen: 'Frozen', dark: 'Dark', covered: 'Covered', blurred: 'Blurred', moved: 'Moved',
    camera: 'Camera', village: 'Village', township: 'Township', talkDown: 'Talk-down', webhook: 'Webhook', escalate: 'Escalate',
  },
});

/** A value in words; itself where there are none. */
export const sayValue = (value: string): string =>
  Object.hasOwn(valueWord.words.zh, value) ? valueWord(value as keyof typeof valueWord.words.zh) : value;
