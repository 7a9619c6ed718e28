import { busError } from '../../core/bus/errors.ts';
import { signInAs, victim, type World } from './open-world.ts';

/** What comes back: a body with a code in it, or an error that has one. */
export type Refused = { json(): { code?: string } } | { code?: unknown };
export type Refuse = (world: World) => Promise<Refused>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

export const api = '/api/v1';
export const alertId = victim.alertIds[0] ?? '';
export const ask = (
  { app }: World,
  method: Method,
  url: string,
  payload?: object,
  headers: Record<string, string> = signInAs('own'),
) =>
  app.inject({
    method,
    url: `${api}${url}`,
    headers,
    ...(payload === undefined ? {} : { payload }),
  } as never);
export const asks =
  (method: Method, url: string, payload?: object, more: Record<string, string> = {}): Refuse =>
  async (world) =>
    (await ask(world, method, url, payload, { ...signInAs('own'), ...more })) as Refused;

export const away = async (): Promise<never> => {
  throw busError('bus-unavailable', 'the bus does not answer');
};

export const chunk = (
  world: World,
  upload: string,
  bytes: string,
  sizeBytes = bytes.length,
  when = 'after',
) =>
  ask(
    world,
    'PATCH',
    `/alerts/${alertId}/uploads/upload-${upload}?when=${when}&sizeBytes=${sizeBytes}`,
    Buffer.from(bytes),
    {
      ...signInAs('own'),
      ...{ 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    },
  ) as Promise<{ statusCode: number; json(): { code?: string } }>;

/** The first of many at once that is refused while one writes. */
export const crowd = async (count: number, one: (index: number) => Promise<Refused>, go: () => void) => {
  const all = Array.from({ length: count }, (_, index) => one(index));
  const refused = await Promise.race(all);
  go();
  await Promise.all(all);
  return refused;
};

/** Something that waits until it is let go. */
export const held = () => {
  let go = (): void => {};
  const until = new Promise<void>((resolve) => {
    go = resolve;
  });
  return { until, go: () => go() };
};
