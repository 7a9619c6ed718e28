import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSecrets } from './secrets.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-secrets-'));
  file = path.join(folder, 'secrets.yaml');
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (text: string, mode = 0o600): Promise<void> => {
  await writeFile(file, text);
  await chmod(file, mode);
};

test('gives a camera its credentials by name', async () => {
  await write('cameras:\n  - {name: gate, user: admin, password: "s3cret"}\n');

  expect((await loadSecrets(file, {})).credentials('gate')).toEqual({ user: 'admin', password: 's3cret' });
});

test('prefers the environment', async () => {
  await write('cameras:\n  - {name: north-gate, user: admin, password: old}\n');
  const secrets = await loadSecrets(file, { XUELIANG_CAMERA_NORTH_GATE_PASSWORD: 'new' });

  expect(secrets.credentials('north-gate')).toEqual({ password: 'new' });
});

test('refuses a file that others may read', async () => {
  await write('cameras: []\n', 0o644);

  await expect(loadSecrets(file, {})).rejects.toMatchObject({ code: 'config-secrets-exposed' });
});

test.each(['cameras:\n  - {name: gate, pass: "s3cret"}\n', 'cameras: {a: "s3cret', '"s3cret"\n'])(
  'regression: does not quote a secret when the file is wrong (%#)',
  async (text) => {
    await write(text);

    const error = await loadSecrets(file, {}).catch((e: unknown) => e);

    expect(error).toMatchObject({ code: 'config-invalid' });
    expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain('s3cret');
  },
);

test.each(['missing', '__proto__', 'constructor'])(
  'names the remedy when there is no entry %s',
  async (name) => {
    const secrets = await loadSecrets(undefined, {});

    expect(() => secrets.credentials(name)).toThrow(/add them to the secrets file or set XUELIANG_CAMERA_/);
  },
);

test('keeps cameras and services apart', async () => {
  await write(
    'cameras:\n  - {name: gate, password: a}\nservices:\n  - {name: county, password: "s3cret"}\n  - {name: horn, user: xl, password: b}\n',
  );
  const secrets = await loadSecrets(file, {});

  expect(secrets.service('county')).toEqual({ password: 's3cret' });
  expect(secrets.service('horn')).toEqual({ user: 'xl', password: 'b' });
  expect(() => secrets.service('gate')).toThrow("under 'services' in the secrets file");
  expect(() => secrets.credentials('county')).toThrow("no credentials named 'county'");
});

test('a file may have services alone', async () => {
  await write('services:\n  - {name: county, password: "s3cret"}\n');

  expect((await loadSecrets(file, {})).service('county').password).toBe('s3cret');
});

test('does not quote a secret of a service when the file is wrong', async () => {
  await write('services:\n  - {name: county, pasword: "s3cret"}\n');

  const error = await loadSecrets(file, {}).catch((e: unknown) => e);

  expect(error).toMatchObject({ code: 'config-invalid' });
  expect(JSON.stringify(error) + String(error)).not.toContain('s3cret');
});
