import { type ConnectedBus, connectBus } from '../core/bus/connect-bus.ts';
import { openSiteStore } from '../core/bus/site-store.ts';
import { fromResources } from '../core/config/site-document.ts';
import type { AppError } from '../core/errors.ts';
import { toUnwatchedError } from '../core/explanation/unwatched.ts';
import { type Language, languages } from '../core/explanation/words.ts';
import { createMetrics } from '../core/metrics.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { runtimeError } from '../core/runtime/errors.ts';
import { defaultTimezone } from '../core/schedule.ts';
import { findBusAddress } from './bus-address.ts';
import { type Command, type Invocation, textOption } from './command.ts';
import { drawPage } from './explain/page.ts';

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Camera names that an error about an unknown one lists. */
const maxNamed = 20;

export const explainCommand: Command = {
  summary: 'say what a camera costs, and why it is silent',
  arguments: 'CAMERA',
  options: new Map([
    ['lang', { type: 'string', placeholder: 'zh|en', help: 'language of the page (default: that of LANG)' }],
  ]),
  maxPositionals: 1,
  run: async (invocation) => {
    const cameraId = requireCamera(invocation);
    const language = languageOf(invocation);
    const { environment, log, print } = invocation;
    const address = await findBusAddress(environment);
    const deps = { clock: systemClock, log, metrics: createMetrics() };
    const bus = await connectBus({ ...address, name: 'xueliang-cli', ...deps });
    try {
      const explanation = await bus.explain(cameraId);
      if (!explanation) throw await toAbsence(bus, cameraId);
      print(explanation, drawPage(explanation, { language, ...terminalOf(invocation) }).join('\n'));
      return 0;
    } finally {
      await bus.close();
    }
  },
};

const requireCamera = ({ positionals: [cameraId] }: Invocation): string => {
  if (cameraId === undefined)
    throw runtimeError('usage-invalid', 'which camera? write xueliang explain CAMERA');
  if (idPattern.test(cameraId)) return cameraId;
  throw runtimeError('usage-invalid', `'${cameraId}' is no camera id; write letters, digits, hyphens`);
};

/** Into a pipe or a file every line is whole and without colours. */
const terminalOf = ({ variables }: Invocation): { columns: number; isColoured: boolean } => {
  const { isTTY = false, columns } = process.stdout;
  return {
    columns: isTTY ? columns : Number.POSITIVE_INFINITY,
    isColoured: isTTY && !variables['NO_COLOR'],
  };
};

const isLanguage = (text: string): text is Language => languages.some((language) => language === text);

const languageOf = ({ values, variables }: Invocation): Language => {
  const given = textOption(values, 'lang');
  if (given === undefined) {
    const locale = variables['LC_ALL'] || variables['LC_MESSAGES'] || variables['LANG'] || '';
    return locale.startsWith('zh') ? 'zh' : 'en';
  }
  if (isLanguage(given)) return given;
  throw runtimeError('usage-invalid', `--lang does not know '${given}'; write zh or en`);
};

/** Why nobody answers for it: there is no such camera, or nobody holds it. */
const toAbsence = async (bus: ConnectedBus, cameraId: string): Promise<AppError> => {
  const resources = await (await openSiteStore(bus.nats)).load();
  const { site, cameras } = fromResources(new Map([...resources].map(([key, { value }]) => [key, value])));
  const camera = cameras.find(({ id }) => id === cameraId);
  if (!camera) {
    const names = cameras.slice(0, maxNamed).map(({ id }) => id);
    const more = cameras.length > names.length ? ', … (xueliang export lists all)' : '';
    return runtimeError(
      'usage-invalid',
      `there is no camera '${cameraId}'; the cameras are ${names.join(', ')}${more}`,
    );
  }
  const last = await bus.latestCameraStatus(camera.place, cameraId);
  return toUnwatchedError(camera, last, systemClock.now(), site.timezone ?? defaultTimezone);
};
