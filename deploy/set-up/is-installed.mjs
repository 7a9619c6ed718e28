// Exits 0 when node_modules holds what package-lock.json names, by the record npm itself keeps there.
import { readFileSync } from 'node:fs';

const packagesOf = (path) => {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages));
  } catch {
    return undefined;
  }
};

const wanted = packagesOf('package-lock.json');
const present = packagesOf('node_modules/.package-lock.json');

const isSame = (name, { version, integrity }) => {
  const there = present?.get(name);
  return there !== undefined && there.version === version && there.integrity === integrity;
};

const libc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
const allows = (list, value) => list === undefined || list.includes(value);

/**
 * npm leaves out optional packages for other systems, but also goes on without one for this system when it could
 * not be fetched: those must be there. One that names no system belongs to a fallback that is not needed.
 */
const mayBeAbsent = (entry) =>
  entry.optional === true &&
  ((entry.os === undefined && entry.cpu === undefined) ||
    !allows(entry.os, process.platform) ||
    !allows(entry.cpu, process.arch) ||
    !allows(entry.libc, libc));

const isInstalled =
  wanted !== undefined &&
  present !== undefined &&
  [...wanted].every(
    ([name, entry]) => name === '' || isSame(name, entry) || (mayBeAbsent(entry) && !present.has(name)),
  ) &&
  [...present.keys()].every((name) => wanted.has(name));

process.exitCode = isInstalled ? 0 : 1;
