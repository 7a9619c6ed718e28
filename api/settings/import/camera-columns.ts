import type { Camera } from '../../../core/schema/camera.ts';

/** A column of the table of cameras: which part of a camera it is, and how its text is read. */
export interface CameraColumn {
  name: string;
  path: readonly string[];
  read(text: string): unknown;
}

const asText = (text: string): unknown => text;
/** What is no number stays a text, which the schema then refuses with the value. */
const asNumber = (text: string): unknown => (/^-?\d{1,3}(\.\d{1,12})?$/.test(text) ? Number(text) : text);
const yes = new Set(['true', 'yes', '1', '是']);
const no = new Set(['false', 'no', '0', '否']);
const asYesNo = (text: string): unknown => {
  if (yes.has(text.toLowerCase())) return true;
  return no.has(text.toLowerCase()) ? false : text;
};

/** Zones, lines, masks and consents are no matter for a table: they stay as they are, and new ones come by YAML. */
export const cameraColumns: readonly CameraColumn[] = [
  { name: 'id', path: ['id'], read: asText },
  { name: 'name', path: ['name'], read: asText },
  { name: 'place', path: ['place'], read: asText },
  { name: 'gbCode', path: ['gbCode'], read: asText },
  { name: 'longitude', path: ['location', 'longitude'], read: asNumber },
  { name: 'latitude', path: ['location', 'latitude'], read: asNumber },
  { name: 'installation', path: ['installation'], read: asText },
  { name: 'url', path: ['stream', 'url'], read: asText },
  { name: 'transport', path: ['stream', 'transport'], read: asText },
  { name: 'credentials', path: ['stream', 'credentials'], read: asText },
  { name: 'watchdog', path: ['stream', 'watchdog'], read: asText },
  { name: 'category', path: ['register', 'category'], read: asText },
  { name: 'signPosted', path: ['register', 'signPosted'], read: asYesNo },
  { name: 'filingNumber', path: ['register', 'filingNumber'], read: asText },
  { name: 'owner', path: ['register', 'owner'], read: asText },
];

/**
 * A camera as a row wants it: what has no column stays as it is on the camera that is there; an empty cell takes away
 * what it stands for.
 */
export const toCamera = (cells: ReadonlyMap<CameraColumn, string>, before: Camera | undefined): unknown => {
  const camera = structuredClone(before ?? {}) as Record<string, unknown>;
  for (const [{ path, read }, text] of cells) {
    const [first = '', second] = path;
    if (second === undefined) setOrTake(camera, first, text === '' ? undefined : read(text));
    else {
      const part = { ...(camera[first] as Record<string, unknown> | undefined) };
      setOrTake(part, second, text === '' ? undefined : read(text));
      setOrTake(camera, first, Object.keys(part).length === 0 ? undefined : part);
    }
  }
  return camera;
};

const setOrTake = (target: Record<string, unknown>, key: string, value: unknown): void => {
  if (value === undefined) delete target[key];
  else target[key] = value;
};
