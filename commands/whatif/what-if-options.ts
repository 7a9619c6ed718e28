import { parse } from 'yaml';
import { parseDuration } from '../../core/config/quantity.ts';
import { runtimeError } from '../../core/runtime/errors.ts';
import type { WhatIfRequest } from '../../core/schema/what-if.ts';
import { type CommandOption, type Invocation, textOption, textsOption } from '../command.ts';

export const whatIfOptions: ReadonlyMap<string, CommandOption> = new Map<string, CommandOption>([
  ['scenario', { type: 'string', placeholder: 'ID', help: 'which scenario (without it: all, as they are)' }],
  [
    'set',
    {
      type: 'string',
      multiple: true,
      placeholder: 'KEY=VALUE',
      help: 'a setting to try, such as dwell=90s; again for more; KEY= takes it out',
    },
  ],
  ['since', { type: 'string', placeholder: '7d|TIME', help: 'from when on (default 1d)' }],
  ['until', { type: 'string', placeholder: '1h|TIME', help: 'up to when (default now)' }],
  [
    'camera',
    { type: 'string', multiple: true, placeholder: 'ID', help: 'which camera; again for more (default all)' },
  ],
  ['site', { type: 'string', placeholder: 'FILE', help: 'the site file, while no site runs' }],
]);

const defaultSince = '1d';
const settingPattern = /^([a-zA-Z]+(?:\.[a-zA-Z]+)*)=(.*)$/s;

/** Reads the question out of the arguments. `now`: milliseconds since 1970-01-01 UTC. Throws `usage-invalid`. */
export const readWhatIfRequest = ({ values }: Invocation, now: number): WhatIfRequest => {
  const scenarioId = textOption(values, 'scenario');
  const settings = textsOption(values, 'set').map(readSetting);
  const cameraIds = textsOption(values, 'camera');
  if (settings.length > 0 && scenarioId === undefined)
    throw runtimeError('usage-invalid', '--set needs to know which scenario: write --scenario ID');
  return {
    from: readMoment('since', textOption(values, 'since') ?? defaultSince, now),
    to: readMoment('until', textOption(values, 'until') ?? '0s', now),
    ...(scenarioId === undefined ? {} : { scenarioId }),
    ...(settings.length > 0 ? { set: Object.fromEntries(settings) } : {}),
    ...(cameraIds.length > 0 ? { cameraIds: [...cameraIds] } : {}),
  };
};

const readSetting = (text: string): [string, unknown] => {
  const [, path, value = ''] = settingPattern.exec(text) ?? [];
  if (path === undefined)
    throw runtimeError('usage-invalid', `--set does not understand '${text}'; write dwell=90s`);
  try {
    return [path, value === '' ? null : parse(value)];
  } catch (cause) {
    throw runtimeError('usage-invalid', `--set ${path}: '${value}' is no value`, { cause });
  }
};

const readMoment = (option: string, text: string, now: number): number => {
  if (/^\d+(ms|s|m|h|d)$/.test(text)) return Math.max(0, Math.round(now - parseDuration(text)));
  const at = Date.parse(text);
  if (Number.isFinite(at) && at >= 0) return at;
  throw runtimeError(
    'usage-invalid',
    `--${option} does not understand '${text}'; write 7d, or a time such as 2026-11-25T08:00+08:00`,
  );
};
