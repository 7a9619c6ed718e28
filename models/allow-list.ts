import { type Label, labels } from '../core/schema/label.ts';

const allowed = new Map<string, Label>(labels.map((label) => [label, label]));

/** The label a class is reported under when nothing else is said: its own name if that is allowed, else none. */
export const toAllowedLabel = (className: string): Label | null => allowed.get(className) ?? null;

interface Exclusion {
  /** What such a name would say. */
  meaning: string;
  /** Whole words that say it. */
  words?: string;
  /** Pieces of words that say it wherever they stand. */
  stems: string;
}

/**
 * What no model of this product may say, by the words that models say it with. A class outside the allow-list is
 * merely never reported; a model that knows one of these is refused as a whole.
 */
const exclusions: readonly Exclusion[] = [
  {
    meaning: 'a face',
    words: 'iris retina',
    stems: 'face facial 人脸 脸部 面部 人像 虹膜',
  },
  {
    meaning: 'a number plate',
    words: 'license licence licenses licences lpr alpr anpr vin',
    stems: 'plate licenseplate 车牌 号牌 牌照',
  },
  {
    meaning: 'text',
    words: 'text texts ocr character characters letter letters digit digits word words',
    stems: 'handwrit 文字 字符 文本',
  },
  {
    meaning: 'an embedding',
    words: 'feature features descriptor descriptors vector vectors encoding latent',
    stems: 'embed 特征 嵌入 向量',
  },
  {
    meaning: 'an identity',
    words: 'id ids name names who fingerprint fingerprints voiceprint gait',
    stems: 'reid reident identit recogni biometric watchlist blacklist 身份 姓名 识别 指纹 步态 黑名单',
  },
  {
    meaning: 'an age or a sex',
    words:
      'age ages sex male males female females man men woman women boy boys girl girls child children kid kids ' +
      'baby babies infant infants toddler adult adults teen teens teenager elder elders elderly senior young old',
    stems: 'gender 性别 年龄 男 女 儿童 小孩 婴儿 老人 青年 成人',
  },
  {
    meaning: 'an origin, a belief or a condition of a person',
    words: 'race racial religion skin nationality beard veil hijab turban wheelchair disabled pregnant',
    stems: 'ethnic asian african caucasian uyghur uighur 种族 民族 肤色 宗教 维吾尔 汉族 残疾',
  },
  {
    meaning: 'a feeling',
    words: 'happy sad angry fear disgust surprise smile smiling mood',
    stems: 'emotion sentiment 情绪 表情',
  },
  {
    meaning: 'what a person wears',
    words:
      'shirt tshirt dress skirt trousers pants shorts jeans coat jacket suit vest uniform hat cap helmet mask ' +
      'glasses sunglasses shoe shoes boots sleeve sleeves hairstyle wearing',
    stems: 'cloth garment apparel footwear attribute 衣 裤 帽 口罩 眼镜 属性 服装',
  },
  {
    meaning: "a body's pose",
    words: 'pose poses joint joints elbow wrist knee ankle shoulder shoulders nose eye eyes ear ears mouth',
    stems: 'keypoint landmark skeleton 姿态 姿势 关键点 骨骼',
  },
];

/** Ordinary words that contain an excluded piece. */
const harmless = /surface|interface|template|context/g;

const compiled = exclusions.map(({ meaning, words = '', stems }) => ({
  meaning,
  words: new Set(words.split(' ').filter(Boolean)),
  stems: stems.split(' '),
}));

/**
 * What an excluded name speaks of (`a face`, `an embedding`, …), or undefined for one that is not excluded. Case,
 * full-width letters, separators, digits and camel case make no difference.
 */
export const excludedMeaning = (name: string): string | undefined => {
  const parts = name
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
  const joined = parts.join('').replace(harmless, '');
  return compiled.find(
    ({ words, stems }) =>
      parts.some((part) => words.has(part)) || stems.some((stem) => joined.includes(stem)),
  )?.meaning;
};
