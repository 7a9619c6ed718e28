import { type Command, type Invocation, textOption } from './command.ts';
import { type Check, type CheckResult, runCheck } from './doctor/check.ts';
import { checkDisk, checkPort, checkProgram, checkRuntime } from './doctor/machine-checks.ts';
import { checkEngines, checkModel, checkSiteFile } from './doctor/product-checks.ts';

const marks = new Map([
  ['ok', '✓'],
  ['warn', '!'],
  ['fail', '✗'],
]);

export const doctorCommand: Command = {
  summary: 'check this machine and say what to do',
  options: new Map([
    ['site', { type: 'string', placeholder: 'FILE', help: 'also check this site file' }],
    [
      'new-password',
      { type: 'boolean', help: 'make a password, and the hash of it for a user in the site file' },
    ],
  ]),
  maxPositionals: 0,
  run: async (invocation) => {
    const { environment, log, values, print } = invocation;
    if (values.get('new-password')) return makePassword(invocation);
    const file = textOption(values, 'site');
    const checks: [string, string, Check][] = [
      ['runtime', 'install Node 20.19 or newer', checkRuntime],
      [
        'nats-server',
        '',
        () =>
          checkProgram(
            'nats-server',
            ['--version'],
            "install Debian's package nats-server, or set XUELIANG_NATS_URL",
          ),
      ],
      [
        'ffmpeg',
        '',
        () =>
          checkProgram(
            'ffmpeg',
            ['-version'],
            "install Debian's package ffmpeg (the demo's footage needs it)",
          ),
      ],
      ['packages', 'run npm ci again on this machine', checkEngines],
      ['model', 'run xueliang models pull', () => checkModel(environment, log)],
      ['api port', 'choose another with XUELIANG_API_PORT', () => checkPort(environment)],
      ['data folder', 'set XUELIANG_DATA', () => checkDisk(environment)],
    ];
    if (file !== undefined) checks.push(['site file', 'mend what is named', () => checkSiteFile(file)]);
    const results: CheckResult[] = [];
    for (const [name, remedy, check] of checks) results.push(await runCheck(name, remedy, check));
    const isWell = results.every(({ state }) => state !== 'fail');
    print({ isWell, checks: results }, results.map(formatResult).join('\n'));
    return isWell ? 0 : 1;
  },
};

/** Users' passwords are made, not chosen: nobody guesses them, and the file holds the hash alone. */
const makePassword = async ({ print }: Invocation): Promise<number> => {
  const { createPasswordHash, createSecret } = await import('../api/index.ts');
  const password = createSecret();
  const passwordHash = await createPasswordHash(password);
  print({ password, passwordHash }, `password (shown once): ${password}\npasswordHash: "${passwordHash}"`);
  return 0;
};

const formatResult = ({ name, state, found, remedy }: CheckResult): string =>
  `${marks.get(state)} ${name.padEnd(12)} ${found}${remedy ? `\n    → ${remedy}` : ''}`;
