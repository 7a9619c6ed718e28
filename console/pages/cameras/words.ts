import { defineWords } from '../../words/define-words.ts';

/** Words of the page of cameras and scenarios. */
export const word = defineWords({
  zh: {
    title: '配置', cameras: '摄像机', scenarios: '场景', search: '按名称或编号查找', allPlaces: '全部村', allStates: '全部状态', place: '村', state: '状态', sort: '排序', byName: '按名称', byPlace: '按村', byState: '按状态',
    live: '在线', lost: '离线', unknown: '未知', connecting: '连接中', waiting: '等待', off: '停用', fps: '帧率', none: '没有符合条件的项目', noneMore: '换一个条件，或新增一个',
    choose: '请选择一项', chooseMore: '在左侧选择摄像机或场景', addCamera: '新增摄像机', addScenario: '新增场景', importCameras: '批量导入',
    picture: '画面与区域', form: '参数', raised: '等级 {severity}', readOnly: '您没有修改权限，只能查看',
    drawZone: '画区域', drawLine: '画界线', drawMask: '画屏蔽区', undo: '撤销', redo: '重做', insert: '插入点', remove: '删除', finish: '完成', drawing: '点击画面加点；回车完成，Esc 取消。不用鼠标：直接按回车，再用方向键移动',
    keys: '点选后可拖动；方向键移动（Shift 加快），N/P 换点，I 插入点，Delete 删除，Ctrl+Z 撤销', shapeId: '编号', shapeName: '名称', canvas: '画面上的区域、界线和屏蔽区', point: '第 {index} 点', noShapes: '还没有区域、界线或屏蔽区',
    zones: '区域', lines: '界线', masks: '屏蔽区', crossing: '边线自相交叉', small: '太小', few: '点太少', twice: '编号重复', id: '编号只能用小写字母、数字和连字符',
    save: '保存…', revert: '放弃改动', removeIt: '删除…', changed: '有未保存的改动', unchanged: '没有改动', confirmTitle: '确认改动', confirmRemove: '确认删除', confirm: '确认保存', cancel: '取消', noChanges: '与现有配置相同', saved: '已保存（版本 {revision}）', removed: '已删除', applying: '已保存（版本 {revision}），等待工作节点上报…', applied: '工作节点 {worker} 在保存后已上报状态（{when}）', stale: '有节点收不到配置变更，改动可能尚未生效',
    added: '新增整项', gone: '删除整项', conflictTitle: '别人已先修改', conflictMore: '您打开之后，这一项已被修改（现为版本 {revision}）。请对照双方改动：', conflictBy: '修改人：{who}', field: '字段', theirs: '对方改为', mine: '您改为', was: '原值', takeTheirs: '采用对方的', keepMine: '在对方之上保留我的', conflictGone: '这一项已被别人删除',
    preview: '试算上周', previewMore: '按现在填写的参数，用上周的观察记录重算', previewResult: '按此设置，上周会有 {count} 次预警（原为 {before} 次：多 {gained}，少 {lost}）', previewRun: '正在试算…', previewGaps: '有 {count} 段时间没有观察记录', previewNone: '上周没有可用的观察记录', previewNew: '保存后才能试算', previewWide: '这类场景不能试算', previewSame: '改动参数后可比较；现在是原设置',
    notSet: '未设置', chooseOne: '请选择', yes: '是', no: '否', unit: '单位', unitMs: '毫秒', unitS: '秒', unitM: '分钟', unitH: '小时', unitD: '天', commas: '用逗号分开', addField: '添加{field}', takeOut: '去掉', kind: '类型', create: '新建',
    importMore: '选择 CSV 或 YAML 文件；先试运行，逐行检查，全部通过才写入', importFile: '文件', importTry: '试运行', importDo: '导入 {count} 个', importDone: '已导入', importRow: '行', importOutcome: '结果', importProblem: '问题与办法', importElsewhere: '整体检查', create_: '新增', update: '修改', unchangedRow: '不变', refused: '拒绝',
  },
  en: {
    title: 'Configuration', cameras: 'Cameras', scenarios: 'Scenarios', search: 'Find by name or id', allPlaces: 'All villages', allStates: 'All states', place: 'Village', state: 'State', sort: 'Order', byName: 'By name', byPlace: 'By village', byState: 'By state',
    live: 'Live', lost: 'Lost', unknown: 'Unknown', connecting: 'Connecting', waiting: 'Waiting', off: 'Off', fps: 'Frame rate', none: 'Nothing like that', noneMore: 'Ask for something else, or add one',
    choose: 'Choose one', chooseMore: 'Cameras and scenarios are on the left', addCamera: 'Add a camera', addScenario: 'Add a scenario', importCameras: 'Import',
    picture: 'Picture and zones', form: 'Settings', raised: 'Severity {severity}', readOnly: 'You may look, and not change',
    drawZone: 'Draw a zone', drawLine: 'Draw a line', drawMask: 'Draw a mask', undo: 'Undo', redo: 'Redo', insert: 'Insert a point', remove: 'Delete', finish: 'Finish', drawing: 'Click on the picture for points; Enter ends, Esc cancels. Without a mouse: press Enter, then move by arrows',
    keys: 'Choose and drag; arrows move (Shift: further), N/P other point, I inserts, Delete deletes, Ctrl+Z undoes', shapeId: 'Id', shapeName: 'Name', canvas: 'Zones, lines and masks over the picture', point: 'Point {index}', noShapes: 'No zones, lines or masks yet',
    zones: 'Zone', lines: 'Line', masks: 'Mask', crossing: 'crosses itself', small: 'too small', few: 'too few points', twice: 'its id is taken', id: 'an id has lower-case letters, digits and hyphens',
    save: 'Save…', revert: 'Discard', removeIt: 'Remove…', changed: 'Not saved yet', unchanged: 'No changes', confirmTitle: 'What will change', confirmRemove: 'Remove it?', confirm: 'Save', cancel: 'Cancel', noChanges: 'The same as configured', saved: 'Saved (revision {revision})', removed: 'Removed', applying: 'Saved (revision {revision}); waiting for its worker to report…', applied: 'Worker {worker} has reported since ({when})', stale: 'A node does not hear of changes: this may not be in force yet',
    added: 'added as a whole', gone: 'removed as a whole', conflictTitle: 'Changed meanwhile', conflictMore: 'Since you opened it this was changed (now revision {revision}). Both changes:', conflictBy: 'Changed by {who}', field: 'Field', theirs: 'Theirs', mine: 'Yours', was: 'Was', takeTheirs: 'Take theirs', keepMine: 'Keep mine on top of theirs', conflictGone: 'Somebody has removed it',
    preview: 'Try on last week', previewMore: 'Runs what you see here over what was observed last week', previewResult: 'With this you would have had {count} alerts last week (before: {before}; {gained} more, {lost} fewer)', previewRun: 'Trying…', previewGaps: '{count} spans without observations', previewNone: 'Nothing was observed last week', previewNew: 'Can be tried once it is saved', previewWide: 'This kind cannot be tried', previewSame: 'Change something to compare; this is as it is set',
    notSet: 'Not set', chooseOne: 'Choose', yes: 'Yes', no: 'No', unit: 'unit', unitMs: 'ms', unitS: 'seconds', unitM: 'minutes', unitH: 'hours', unitD: 'days', commas: 'Parted by commas', addField: 'Add: {field}', takeOut: 'Take out', kind: 'Kind', create: 'Create',
    importMore: 'A CSV or YAML file. It is tried first, row by row; all are written or none', importFile: 'File', importTry: 'Try', importDo: 'Import {count}', importDone: 'Imported', importRow: 'Row', importOutcome: 'Outcome', importProblem: 'Problem and remedy', importElsewhere: 'The site as a whole', create_: 'Add', update: 'Change', unchangedRow: 'As it is', refused: 'Refused',
  },
});
