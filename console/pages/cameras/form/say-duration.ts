import { word } from '../words.ts';

export const durationUnits = ['ms', 's', 'm', 'h', 'd'] as const;
type Unit = (typeof durationUnits)[number];

export const unitWords = { ms: 'unitMs', s: 'unitS', m: 'unitM', h: 'unitH', d: 'unitD' } as const;
const spanWords = { ms: 'spanMs', s: 'spanS', m: 'spanM', h: 'spanH', d: 'spanD' } as const;

/** `5s` as a number and its unit; nothing of what is no duration. */
export const parseDuration = (text: string): { amount: string; unit: Unit } | undefined => {
  const [, amount, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return amount === undefined ? undefined : { amount, unit: unit as Unit };
};

/** `5s` as its form shows it: `5 seconds`; what is no duration as it stands. */
export const sayDuration = (text: string): string => {
  const { amount, unit } = parseDuration(text) ?? {};
  return amount === undefined || unit === undefined ? text : word(spanWords[unit], { count: amount });
};
