import { readFile } from 'node:fs/promises';
import type { Site } from '../schema/site.ts';
import { checkLaw } from './check-law.ts';
import { checkReferences } from './check-references.ts';
import { checkShape } from './check-shape.ts';
import { completeSite } from './complete-site.ts';
import { configError } from './errors.ts';
import { type ConfigProblem, type DocumentPath, formatPath, formatProblem } from './problem.ts';
import { readYaml } from './yaml-document.ts';

/** Finds a problem: where it is and what is wrong. */
export type Report = (path: DocumentPath, message: string) => void;

/** Fills in what a document may leave out. */
type Complete = (value: unknown) => unknown;

/** More than any town's file; guards against a file that was never meant to be one. */
const maxFileBytes = 64 * 1024 * 1024;

/**
 * Reads a site file and checks its shape, its references and the law. Throws `config-invalid` whose message lists
 * every problem with its line, or `config-unreadable`.
 */
export const readSite = (file: string): Promise<Site> => read(file, (value) => value);

/** As `readSite`, from a file in which the sections `site` and `places` may be missing. */
export const readSitePart = (file: string): Promise<Site> => read(file, completeSite);

const read = async (file: string, complete: Complete): Promise<Site> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw configError(
      'config-unreadable',
      `cannot read the site file '${file}': check that it exists and is readable`,
      {
        cause,
      },
    );
  });
  const { site, problems } = parseSite(text, complete);
  if (site && problems.length === 0) return site;
  throw configError(
    'config-invalid',
    `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in the site file:\n${problems
      .map((problem) => `  ${formatProblem(file, problem)}`)
      .join('\n')}`,
    { problems },
  );
};

/** Parses and checks a site document; finds all problems at once. `site` is there when the shape is right. */
export const parseSite = (
  text: string,
  complete: Complete = (value) => value,
): { site?: Site; problems: ConfigProblem[] } => {
  if (text.length > maxFileBytes)
    return { problems: [{ path: 'document', message: 'the file is larger than 64 MB' }] };
  const document = readYaml(text);
  if (document.problems.length > 0) return { problems: document.problems };

  const problems: ConfigProblem[] = [];
  const report: Report = (path, message) => {
    problems.push({ path: formatPath(path), ...document.at(path), message });
  };
  return checkInto(problems, complete(document.value), report);
};

/** Checks a site that did not come from a file (the configuration bucket, the console). */
export const checkSite = (value: unknown): { site?: Site; problems: ConfigProblem[] } => {
  const problems: ConfigProblem[] = [];
  const report: Report = (path, message) => {
    problems.push({ path: formatPath(path), message });
  };
  return checkInto(problems, value, report);
};

const checkInto = (
  problems: ConfigProblem[],
  value: unknown,
  report: Report,
): { site?: Site; problems: ConfigProblem[] } => {
  const site = checkShape(value, report);
  if (!site) return { problems };
  checkReferences(site, report);
  checkLaw(site, report);
  return { site, problems };
};
