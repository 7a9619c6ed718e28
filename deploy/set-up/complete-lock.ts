// After an `npm install` that changed package-lock.json: node --import tsx deploy/set-up/complete-lock.ts
//
// npm leaves out of the lock what it could not look up: binaries for other systems, when the registry at hand is a
// mirror without them. `npm ci` then refuses the lock everywhere. This adds them by what their parents say of them,
// without a checksum, and npm keeps them. For this system nothing is added: its binaries must have been found.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface LockedPackage {
  dev?: boolean;
  optionalDependencies?: Readonly<Record<string, string>>;
}

export interface PackageLock {
  packages: Readonly<Record<string, LockedPackage>>;
}

export interface MissingPackage {
  name: string;
  version: string;
  isDev: boolean;
}

const systems: ReadonlyMap<string, string> = new Map([
  ...[
    'aix',
    'android',
    'darwin',
    'freebsd',
    'linux',
    'netbsd',
    'openbsd',
    'openharmony',
    'sunos',
    'win32',
  ].map((name) => [name, name] as const),
  ['linuxmusl', 'linux'],
]);
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** The system that a name such as `@scope/name-linux-arm64-musl` is for, in the lock's own terms. */
const systemOf = (name: string) => {
  const parts = name.split(/[/-]/);
  const os = systems.get(parts.find((part) => systems.has(part)) ?? '');
  const cpu = parts.find((part) => processors.includes(part));
  if (os === undefined || cpu === undefined) return undefined;
  const libc =
    os !== 'linux' ? undefined : /musl/.test(name) ? 'musl' : /gnu/.test(name) ? 'glibc' : undefined;
  return { os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) };
};

/** Whether Node would find `name` from the package at `place`: below it, or in any folder above. */
const isThere = (lock: PackageLock, place: string, name: string): boolean => {
  const folders = place.split(/(?:^|\/)node_modules\//).slice(1);
  return [...folders.keys(), folders.length].some((depth) => {
    const path = [...folders.slice(0, depth), name].map((folder) => `node_modules/${folder}`).join('/');
    return Object.hasOwn(lock.packages, path);
  });
};

/** The optional packages that a lock names in a parent and has no entry for. */
export const missingFrom = (lock: PackageLock): MissingPackage[] =>
  Object.entries(lock.packages).flatMap(([place, { dev, optionalDependencies }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(([name]) => !isThere(lock, place, name))
      .map(([name, version]) => ({ name, version, isDev: dev === true })),
  );

/** The lock with an entry for each missing package whose system its name tells, and those whose it does not. */
export const completeLock = (lock: PackageLock): { lock: PackageLock; unclear: MissingPackage[] } => {
  const missing = missingFrom(lock);
  const isClear = ({ name, version }: MissingPackage): boolean =>
    systemOf(name) !== undefined && /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
  const added = missing.filter(isClear).map(({ name, version, isDev }) => {
    const entry = { version, ...(isDev ? { dev: true } : {}), optional: true, ...systemOf(name) };
    return [`node_modules/${name}`, entry] as const;
  });
  const packages = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return {
    lock: { ...lock, packages: Object.fromEntries(packages) },
    unclear: missing.filter((one) => !isClear(one)),
  };
};

const run = (): void => {
  const path = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
  const before: PackageLock = JSON.parse(readFileSync(path, 'utf8'));
  const { lock, unclear } = completeLock(before);
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  const added = Object.keys(lock.packages).length - Object.keys(before.packages).length;
  process.stdout.write(`package-lock.json: ${added} packages for other systems added\n`);
  for (const { name, version } of unclear)
    process.stdout.write(`  not ${name}@${version}: for which system?\n`);
  if (unclear.length > 0) process.exitCode = 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) run();
