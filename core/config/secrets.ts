import { readFile, stat } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import { closed } from '../schema/closed.ts';
import { ResourceId } from '../schema/ids.ts';
import type { CameraCredentials } from '../stages.ts';
import { configError } from './errors.ts';

const Entry = closed({
  name: ResourceId,
  user: Type.Optional(Type.String({ maxLength: 256 })),
  password: Type.Optional(Type.String({ maxLength: 1024 })),
  query: Type.Optional(Type.String({ maxLength: 2048 })),
});
const SecretsDocument = Compile(closed({ cameras: Type.Array(Entry, { maxItems: 100_000 }) }));

type Variables = Readonly<Record<string, string | undefined>>;

/** Cameras' credentials by the name that `stream.credentials` gives. They exist in this process's memory only. */
export interface Secrets {
  /** Throws `config-secret-missing` when no entry has that name. */
  credentials(name: string): CameraCredentials;
}

/**
 * Reads the secrets file (YAML, readable by its owner alone) and `XUELIANG_CAMERA_<NAME>_USER`, `_PASSWORD`,
 * `_QUERY`, which win. Throws `config-secrets-exposed` when others may read the file, `config-unreadable` or
 * `config-invalid` without ever quoting a value.
 */
export const loadSecrets = async (file: string | undefined, variables: Variables): Promise<Secrets> => {
  const entries = file === undefined ? [] : await readEntries(file);
  const byName = new Map(entries.map(({ name, ...credentials }) => [name, credentials]));
  return {
    credentials: (name) => {
      const fromEnvironment = readVariables(name, variables);
      const found = fromEnvironment ?? byName.get(name);
      if (found) return found;
      throw configError(
        'config-secret-missing',
        `no credentials named '${name}': add them to the secrets file or set ${variableName(name, 'USER')} and ${variableName(name, 'PASSWORD')}`,
        { name },
      );
    },
  };
};

const readEntries = async (file: string): Promise<Static<typeof Entry>[]> => {
  const facts = await stat(file).catch((cause: unknown) => {
    throw configError('config-unreadable', `cannot read the secrets file '${file}'`, { cause });
  });
  if ((facts.mode & 0o077) !== 0) {
    throw configError(
      'config-secrets-exposed',
      `others may read the secrets file '${file}': run chmod 600 on it`,
    );
  }
  let document: unknown;
  try {
    document = parse(await readFile(file, 'utf8'), { maxAliasCount: 0 });
  } catch {
    // biome-ignore lint/style/useErrorCause: the parser's message quotes the file's text
    throw configError('config-invalid', `the secrets file '${file}' is not YAML`);
  }
  if (SecretsDocument.Check(document)) return document.cameras;
  const places = [
    ...new Set([...SecretsDocument.Errors(document)].map((e) => `${e.instancePath || '/'} ${e.message}`)),
  ];
  throw configError('config-invalid', `the secrets file '${file}' does not fit: ${places.join('; ')}`);
};

const variableName = (name: string, part: string): string =>
  `XUELIANG_CAMERA_${name.toUpperCase().replaceAll('-', '_')}_${part}`;

const readVariables = (name: string, variables: Variables): CameraCredentials | undefined => {
  const user = variables[variableName(name, 'USER')];
  const password = variables[variableName(name, 'PASSWORD')];
  const query = variables[variableName(name, 'QUERY')];
  if (user === undefined && password === undefined && query === undefined) return undefined;
  return {
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(query === undefined ? {} : { query }),
  };
};
