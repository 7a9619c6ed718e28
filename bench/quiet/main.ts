import { measureQuiet, quietKinds, sumQuiet } from './measure-quiet.ts';

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

process.stdout.write(
  'kind | cool-down | situations | alerts | an alert a situation | missed | resumed | updated\n',
);
for (const kind of quietKinds) {
  for (const coolDown of ['0s', undefined]) {
    const figures = sumQuiet(seeds.map((seed) => measureQuiet(kind, seed, coolDown)));
    const { situations, alerts, missed, resumed, updated } = figures;
    const ratio = (alerts / situations).toFixed(2);
    const cells = [kind, coolDown ?? 'usual', situations, alerts, ratio, missed, resumed, updated];
    process.stdout.write(`${cells.join(' | ')}\n`);
  }
}
