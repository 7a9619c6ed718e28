import { readSitePart } from '../../core/config/read-site.ts';
import { isInScope } from '../../core/config/scope.ts';
import { runtimeError } from '../../core/runtime/errors.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import type { Calendar } from '../../core/schema/schedule.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import { type CommandOption, type Invocation, textOption } from '../command.ts';

/** What is replayed, and as which camera. */
export interface ReplayRequest {
  clip: string;
  site: SiteSettings;
  camera: Camera;
  /** Those that mean the camera. */
  scenarios: readonly Scenario[];
  calendars: readonly Calendar[];
  modelId: string | undefined;
  fps: number;
  startAt: number;
}

/** A Monday noon in China, so that scenarios with a schedule of the day are on duty. */
const defaultStart = '2026-01-05T12:00:00+08:00';
const defaultFps = 5;
const maxFps = 60;

/** The options by which every verb that replays a clip is told how. */
export const replayOptions: readonly (readonly [string, CommandOption])[] = [
  ['camera', { type: 'string', placeholder: 'ID', help: 'the camera whose zones and lines count' }],
  [
    'scenarios',
    { type: 'string', placeholder: 'FILE', help: 'a site file, or its cameras and scenarios alone (YAML)' },
  ],
  ['model', { type: 'string', placeholder: 'ID', help: "the model (default: the site's)" }],
  ['fps', { type: 'string', placeholder: 'N', help: `frames looked at a second (default ${defaultFps})` }],
  ['start', { type: 'string', placeholder: 'TIME', help: `when the clip begins (default ${defaultStart})` }],
];

/** Reads the options and the file they name. Throws `usage-invalid`, `config-invalid`, `config-unreadable`. */
export const readReplayRequest = async (
  verb: string,
  clip: string | undefined,
  { values }: Pick<Invocation, 'values'>,
): Promise<ReplayRequest> => {
  const cameraId = textOption(values, 'camera');
  const file = textOption(values, 'scenarios');
  if (clip === undefined || cameraId === undefined || file === undefined) {
    throw runtimeError(
      'usage-invalid',
      `which clip, camera and scenarios? write xueliang ${verb} CLIP --camera ID --scenarios FILE`,
    );
  }
  const { site, cameras, scenarios, calendars } = await readSitePart(file);
  const camera = cameras.find(({ id }) => id === cameraId);
  if (!camera) {
    const ids = cameras.map(({ id }) => id).join(', ');
    throw runtimeError('usage-invalid', `'${file}' has no camera '${cameraId}'; it has ${ids}`);
  }
  return {
    ...{ clip, site, camera },
    scenarios: scenarios.filter((scenario) => isInScope(scenario, camera)),
    calendars: calendars ?? [],
    modelId: textOption(values, 'model') ?? site.model,
    fps: parseRate(textOption(values, 'fps') ?? `${defaultFps}`, '--fps', maxFps),
    startAt: parseStart(textOption(values, 'start') ?? defaultStart),
  };
};

/** A number above 0 and at most `max`. Throws `usage-invalid`. */
export const parseRate = (text: string, option: string, max: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= max) return value;
  throw runtimeError('usage-invalid', `${option} takes a number above 0 and at most ${max}, not '${text}'`);
};

const parseStart = (text: string): number => {
  // Without a zone of its own a time would be that of whatever machine it runs on.
  const startAt = /(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (startAt >= 0) return startAt;
  throw runtimeError('usage-invalid', `--start takes a time such as ${defaultStart}, not '${text}'`);
};
