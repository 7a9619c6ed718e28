import { createHash } from 'node:crypto';
import type { NotedExamples } from '../../api/openapi/with-examples.ts';
import { asker, victim } from './open-world.ts';

/** Numbers what is the same again with the same number, so that what is written anew differs where something has changed. */
const numbered = (show: (index: number) => string): ((found: string) => string) => {
  const known = new Map<string, string>();
  return (found) => {
    const shown = known.get(found) ?? show(known.size + 1);
    known.set(found, shown);
    return shown;
  };
};
const chancy = (kind: string, length: number): ((index: number) => string) => {
  return (index) => createHash('sha256').update(`${kind} ${index}`).digest('base64url').slice(0, length);
};
const hex = (kind: string): ((index: number) => string) => {
  return (index) => createHash('sha256').update(`${kind} ${index}`).digest('hex');
};

/** What a walk asked and was answered as whoever reads the description should see it: other ids, other secrets, other names. */
export const shownExamples = (examples: NotedExamples): NotedExamples => {
  const replacements: [RegExp, (found: string) => string][] = [
    [/\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g, numbered((index) => `01KE67FDM0ZVNPVT4F41N4${1000 + index}`)],
    [/\b(?!0{64})[0-9a-f]{64}\b/g, numbered(hex('sum'))],
    [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, () => '0b6e7c1a-5d0f-4a57-9a5e-3f1c2d4b6a80'],
    [/r-[0-9a-f]+-[0-9a-z]+/g, () => 'r-5f3c9a1e-7'],
    [/(?<=xlk_[a-z-]+_)[\w-]{43}/g, numbered(chancy('key', 43))],
    [/(?<="(secret|csrfToken)":")(?!xlk_)[\w-]{20,}/g, numbered(chancy('secret', 32))],
    [/(?<=[?&](ticket|sig)=)[\w.-]+/g, numbered(chancy('ticket', 43))],
    [new RegExp(`(?<=${victim.code}(20|0113200000|0503000000))[12]\\b`, 'g'), () => '9'],
    [/1380000000\d/g, () => '13912345678'],
    [new RegExp(victim.tag, 'g'), () => 'gantang'],
    [new RegExp(asker.tag, 'g'), () => 'yixi'],
    [/金丝雀/g, () => '甘棠'],
    [/麻雀/g, () => '邑西'],
  ];
  const text = replacements.reduce(
    (told, [pattern, replacement]) => told.replaceAll(pattern, replacement),
    JSON.stringify(examples),
  );
  return JSON.parse(text) as NotedExamples;
};
