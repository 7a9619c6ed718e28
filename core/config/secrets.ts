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
const ServiceEntry = closed({
  name: ResourceId,
  user: Type.Optional(Type.String({ maxLength: 256 })),
  password: Type.String({ minLength: 1, maxLength: 1024 }),
});
const SecretsDocument = closed({
  cameras: Type.Optional(Type.Array(Entry, { maxItems: 100_000 })),
  /** Of webhooks and of loudspeakers' gateways: nobody can send them a camera's password by naming it. */
  services: Type.Optional(Type.Array(ServiceEntry, { maxItems: 10_000 })),
});
type SecretsDocument = Static<typeof SecretsDocument>;
const validator = Compile(SecretsDocument);

type Variables = Readonly<Record<string, string | undefined>>;

/** What a webhook is signed with, or a loudspeaker's gateway wants. */
export interface ServiceCredentials {
  user?: string;
  password: string;
}

/** Credentials by the names that the site's resources give. They exist in this process's memory only. */
export interface Secrets {
  /** A camera's. Throws `config-secret-missing` when no entry has that name. */
  credentials(name: string): CameraCredentials;
  /** A webhook's or gateway's. Throws `config-secret-missing` when no entry has that name. */
  service(name: string): ServiceCredentials;
}

/**
 * Reads the secrets file (YAML, readable by its owner alone) and `XUELIANG_CAMERA_<NAME>_USER`, `_PASSWORD`,
 * `_QUERY`, which win. Throws `config-secrets-exposed` when others may read the file, `config-unreadable` or
 * `config-invalid` without ever quoting a value.
 */
export const loadSecrets = async (file: string | undefined, variables: Variables): Promise<Secrets> => {
  const { cameras = [], services = [] } = file === undefined ? {} : await readDocument(file);
  const byName = new Map(cameras.map(({ name, ...credentials }) => [name, credentials]));
  const serviceByName = new Map(services.map(({ name, ...credentials }) => [name, credentials]));
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
    service: (name) => {
      const found = serviceByName.get(name);
      if (found) return found;
      throw configError(
        'config-secret-missing',
        `no credentials named '${name}' under 'services' in the secrets file: add them there`,
        { name },
      );
    },
  };
};

const readDocument = async (file: string): Promise<SecretsDocument> => {
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
  if (validator.Check(document)) return document;
  const places = [
    ...new Set([...validator.Errors(document)].map((e) => `${e.instancePath || '/'} ${e.message}`)),
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
