import { language } from './language.ts';

/** A span of time as somebody says it: `3 分钟`, `3 min`; never more than two units. */
export const saySpan = (ms: number): string => {
  const parts = toParts(Math.max(0, ms));
  return parts.map(([value, unit]) => `${value} ${units[language.value][unit]}`).join(' ');
};

type Unit = 's' | 'min' | 'h' | 'd';

const units: Readonly<Record<'zh' | 'en', Readonly<Record<Unit, string>>>> = {
  zh: { s: '秒', min: '分钟', h: '小时', d: '天' },
  en: { s: 's', min: 'min', h: 'h', d: 'd' },
};

const toParts = (ms: number): [number, Unit][] => {
  const seconds = ms / 1000;
  if (seconds < 9.95) return [[Math.round(seconds * 10) / 10, 's']];
  if (seconds < 119.5) return [[Math.round(seconds), 's']];
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return [[minutes, 'min']];
  if (minutes < 24 * 60) return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return withRest(Math.floor(hours / 24), 'd', hours % 24, 'h');
};

const withRest = (value: number, unit: Unit, rest: number, restUnit: Unit): [number, Unit][] =>
  rest === 0
    ? [[value, unit]]
    : [
        [value, unit],
        [rest, restUnit],
      ];

/** `1:05`, `12:00:00`; for countdowns, which change each second and must keep their width. */
export const clockSpan = (ms: number): string => {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};
