import type { ArchiveJob, BlurRule } from '../../../core/archive.ts';
import { siteClock } from './site-captions.ts';

/** What whoever opens an archive has to know, in Chinese and in English. */
export const toReadMe = (
  { exported, site, madeAt }: Pick<ArchiveJob, 'exported' | 'site' | 'madeAt'>,
  { modelId, minScore, looksPerSecond }: BlurRule,
): string => {
  const { exportId, kind, by, steps } = exported;
  const approver = steps.find(({ to }) => to === 'approved')?.by ?? '';
  const made = siteClock(site.timezone)(madeAt);
  const isTraining = kind === 'hardExamples';
  return `雪亮 Xueliang · ${exportId}
${site.name} (${site.id}) · ${made}
申请人 asked by: ${by} · 批准人 approved by: ${approver}

使用前必读
1. 画面已自动模糊：人员（含骑两轮车者）整体打码；机动车的下半部分（号牌可能所在处）打码。
   依据模型 ${modelId}，得分不低于 ${minScore} 的框，片段每秒复看约 ${looksPerSecond} 次。
2. 自动模糊可能遗漏：太小、被遮挡、只露一部分或车窗后的人，以及车顶、车身上部的字样。
   交出之前，必须由人逐幅、逐段看过。
3. 只可用于申请的目的。manifest.json 载明目的、理由、每个文件的 SHA-256；用完即删。
${isTraining ? readMeOfExamples.zh : ''}
READ THIS FIRST
1. The pictures were blurred automatically: persons, and whoever rides a two-wheeler, wholly; of vehicles the lower half, where
   plates can be. By model ${modelId}, boxes with a score of ${minScore} or more, clips looked at about ${looksPerSecond} times a second.
2. Automatic blurring can miss something: people who are small, half hidden, cut off or behind a windscreen, and what is
   written on a vehicle's upper part. Somebody must look at every picture and clip before this is handed on.
3. It may be used for what it was asked for, and nothing else. manifest.json names purpose, reason and the SHA-256 of each
   file. Delete it when its purpose is served.
${isTraining ? readMeOfExamples.en : ''}`;
};

const readMeOfExamples = {
  zh: `4. 标注是检测器当时给出的框，并非真值：这些都是误报，框本身往往就是错的。训练前必须逐个核对、改正，并补上未标注的目标。
5. 人已打码：不要把打码的人当作“person”正样本训练，否则模型学到的是马赛克；应忽略或遮去打码区域。
   误报若是把别的东西当作人，那东西也已打码，用处不大。
`,
  en: `4. The labels are the boxes that the detector gave, not the truth: these are false alarms, and often the box is the mistake.
   Each must be checked and corrected before training, and what is not labelled must be added.
5. People are blurred: do not train on them as "person", or the model learns squares. Ignore or mask what is blurred. Where the
   mistake was to take a thing for a person, the thing is blurred too and worth little.
`,
} as const;
