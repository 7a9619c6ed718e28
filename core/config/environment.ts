import { homedir } from 'node:os';
import path from 'node:path';
import { configError } from './errors.ts';

/** All that the program takes from its environment, read once at the door. */
export interface Environment {
  /** The site's folder: bus, history, evidence, outbox. */
  dataFolder: string;
  /** Models and footage, shared by all sites of this machine. */
  cacheFolder: string;
  /** When set, no nats-server is started. */
  natsUrl: string | undefined;
  natsUser: string | undefined;
  natsPassword: string | undefined;
  /** Where the site's own nats-server listens on loopback; any free port unless set. */
  natsPort: number | undefined;
  /** When set, history goes to this ClickHouse server instead of the embedded one. */
  clickhouseUrl: string | undefined;
  /** Folders or URL prefixes where models are looked for before upstream. */
  modelSources: string[];
  secretsFile: string | undefined;
  logLevel: string;
  apiHost: string;
  apiPort: number;
  /** Where workers show their cameras to the API, on a free port: loopback, or an address of the cluster's own network. */
  workerHost: string;
  /** Where the audit log's head is added every hour: a place that whoever runs the site cannot change. */
  auditAnchorFile: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** A port number from text. Throws `config-invalid` naming `source`. */
export const parsePort = (text: string, source: string): number => {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw configError('config-invalid', `${source} is '${text}'; give a port between 0 and 65535`);
  }
  return port;
};

const parseOptionalPort = (text: string | undefined, source: string): number | undefined =>
  text === undefined ? undefined : parsePort(text, source) || undefined;

const parseLevel = (text: string): string => {
  if (logLevels.includes(text)) return text;
  throw configError('config-invalid', `XUELIANG_LOG_LEVEL is '${text}'; give one of ${logLevels.join(', ')}`);
};

/** Reads the `XUELIANG_…` variables. Throws `config-invalid` naming the variable, its value and what would do. */
export const loadEnvironment = (variables: Variables): Environment => {
  const text = (name: string): string | undefined => variables[name] || undefined;
  return {
    dataFolder: path.resolve(text('XUELIANG_DATA') ?? 'var/site'),
    cacheFolder: path.resolve(text('XUELIANG_CACHE') ?? defaultCacheFolder(variables)),
    natsUrl: text('XUELIANG_NATS_URL'),
    natsUser: text('XUELIANG_NATS_USER'),
    natsPassword: text('XUELIANG_NATS_PASSWORD'),
    natsPort: parseOptionalPort(text('XUELIANG_NATS_PORT'), 'XUELIANG_NATS_PORT'),
    clickhouseUrl: text('XUELIANG_CLICKHOUSE_URL'),
    modelSources: (text('XUELIANG_MODEL_SOURCES') ?? '')
      .split(',')
      .map((source) => source.trim())
      .filter((source) => source !== ''),
    secretsFile: text('XUELIANG_SECRETS_FILE'),
    logLevel: parseLevel(text('XUELIANG_LOG_LEVEL') ?? 'info'),
    apiHost: text('XUELIANG_API_HOST') ?? '127.0.0.1',
    apiPort: parsePort(text('XUELIANG_API_PORT') ?? '8433', 'XUELIANG_API_PORT'),
    workerHost: text('XUELIANG_WORKER_HOST') ?? '127.0.0.1',
    auditAnchorFile: text('XUELIANG_AUDIT_ANCHOR_FILE'),
  };
};

const defaultCacheFolder = (variables: Variables): string =>
  variables['XDG_CACHE_HOME']
    ? path.join(variables['XDG_CACHE_HOME'], 'xueliang')
    : path.join(homedir(), '.cache', 'xueliang');

/** The variables that make a child process see the same environment. */
export const toVariables = (environment: Environment): Record<string, string> => {
  const entries: [string, string | undefined][] = [
    ['XUELIANG_DATA', environment.dataFolder],
    ['XUELIANG_CACHE', environment.cacheFolder],
    ['XUELIANG_NATS_URL', environment.natsUrl],
    ['XUELIANG_NATS_USER', environment.natsUser],
    ['XUELIANG_NATS_PASSWORD', environment.natsPassword],
    ['XUELIANG_CLICKHOUSE_URL', environment.clickhouseUrl],
    ['XUELIANG_MODEL_SOURCES', environment.modelSources.join(',')],
    ['XUELIANG_SECRETS_FILE', environment.secretsFile],
    ['XUELIANG_LOG_LEVEL', environment.logLevel],
    ['XUELIANG_API_HOST', environment.apiHost],
    ['XUELIANG_API_PORT', String(environment.apiPort)],
    ['XUELIANG_WORKER_HOST', environment.workerHost],
    ['XUELIANG_AUDIT_ANCHOR_FILE', environment.auditAnchorFile],
  ];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => Boolean(entry[1])));
};
