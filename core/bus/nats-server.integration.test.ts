import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NatsServer, type NatsServerOptions, openNatsServer } from './nats-server.ts';

const confPath = fileURLToPath(new URL('../../deploy/nats/nats-server.conf', import.meta.url));

describe('openNatsServer', () => {
  let folder: string;
  let servers: NatsServer[];

  const options = (more: Partial<NatsServerOptions> = {}): NatsServerOptions => ({
    confPath,
    dataFolder: join(folder, 'bus'),
    runFolder: join(folder, 'run'),
    maxStoreBytes: 64 * 1024 * 1024,
    user: 'site',
    password: '1e5"\\',
    ...more,
  });

  const open = async (more?: Partial<NatsServerOptions>): Promise<NatsServer> => {
    const server = await openNatsServer(options(more));
    servers.push(server);
    return server;
  };

  const login = ({ url }: NatsServer, pass = options().password) =>
    connect({ servers: url, user: 'site', pass, reconnect: false });

  beforeEach(async () => {
    // A space and Chinese in the path: the configuration must survive both.
    folder = await mkdtemp(join(tmpdir(), 'site 蔡市镇-'));
    servers = [];
  });

  afterEach(async () => {
    await Promise.all(servers.map((server) => server.close()));
    await rm(folder, { recursive: true, force: true });
  });

  it('listens on a free loopback port with JetStream on', async () => {
    const server = await open();

    const connection = await login(server);
    const account = await (await jetstreamManager(connection)).getAccountInfo();
    await connection.close();

    expect(server.url).toMatch(/^nats:\/\/127\.0\.0\.1:\d+$/);
    expect(account.streams).toBe(0);
  });

  it('listens again where it listened before when told to', async () => {
    const first = await open();
    await first.close();

    const again = await open({ port: Number(new URL(first.url).port) });

    expect(again.url).toBe(first.url);
  });

  it('refuses a stream larger than the store it was given', async () => {
    const connection = await login(await open());
    const streams = (await jetstreamManager(connection)).streams;

    const adding = streams.add({ name: 'TOO', subjects: ['too'], max_bytes: 65 * 1024 * 1024 });

    await expect(adding).rejects.toThrow(/insufficient storage/);
    await connection.close();
  });

  it('refuses a wrong password', async () => {
    const server = await open();

    await expect(login(server, '100000')).rejects.toThrow(/authorization/i);
  });

  it('keeps what was stored over a restart on the same folder', async () => {
    const first = await open();
    const before = await login(first);
    await (await jetstreamManager(before)).streams.add({ name: 'KEPT', subjects: ['kept'] });
    await jetstream(before).publish('kept', 'one');
    await before.close();
    await first.close();

    const after = await login(await open());
    const info = await (await jetstreamManager(after)).streams.info('KEPT');
    await after.close();

    expect(info.state.messages).toBe(1);
  });

  it('finds the streams of a site that began in the global account', async () => {
    const first = await open();
    const before = await login(first);
    await (await jetstreamManager(before)).streams.add({ name: 'KEPT', subjects: ['kept'] });
    await jetstream(before).publish('kept', 'one');
    await before.close();
    await first.close();
    await rename(join(folder, 'bus', 'jetstream', 'SITE'), join(folder, 'bus', 'jetstream', '$G'));

    const after = await login(await open());
    const info = await (await jetstreamManager(after)).streams.info('KEPT');
    await after.close();

    expect(info.state.messages).toBe(1);
  });

  it('ends a server that a killed process left on the same folder', async () => {
    const leftOver = await open();

    const next = await open();
    const exit = await leftOver.exited;

    expect(exit.lastLines.join('\n')).toContain('Server Exiting');
    expect(await readFile(join(folder, 'run', 'nats-server.pid'), 'utf8')).toBe(String(next.pid));
  });

  it('leaves a process alone that merely has the pid of an earlier server', async () => {
    const other = await open();
    const runFolder = join(folder, 'other');
    await openNatsServer(options({ runFolder, dataFolder: join(folder, 'b') })).then((server) =>
      server.close(),
    );
    await writeFile(join(runFolder, 'nats-server.pid'), String(other.pid));

    await open({ runFolder, dataFolder: join(folder, 'b') });

    await expect(login(other).then((connection) => connection.close())).resolves.toBeUndefined();
  });

  it('tells when the server is killed, and with which last words', async () => {
    const server = await open();

    process.kill(server.pid, 'SIGKILL');

    await expect(server.exited).resolves.toMatchObject({ signal: 'SIGKILL' });
    expect((await server.exited).lastLines.at(-1)).toBe('Server is ready');
  });

  it('is gone when close resolves, however often it is called', async () => {
    const server = await open();

    await Promise.all([server.close(), server.close()]);
    await server.close();

    expect(() => process.kill(server.pid, 0)).toThrow(/ESRCH/);
  });

  it('ends with the signal that it was opened under', async () => {
    const stop = new AbortController();
    const server = await open({ signal: stop.signal });

    stop.abort();

    await expect(server.exited).resolves.toMatchObject({ signal: null });
  });

  it('rejects with the reason when aborted while starting, and leaves no process', async () => {
    const stop = new AbortController();
    const opening = open({ signal: stop.signal });

    stop.abort(new Error('stopped'));

    await expect(opening).rejects.toThrow('stopped');
  });

  it('names the remedy when the program is not installed', async () => {
    const opening = open({ binary: 'nats-server-of-nobody' });

    await expect(opening).rejects.toMatchObject({ code: 'bus-server-missing' });
    await expect(opening).rejects.toThrow(/Debian's package nats-server/);
  });

  it('gives the last words of a server that does not start', async () => {
    const wrong = join(folder, 'wrong.conf');
    await writeFile(wrong, 'listen: "127.0.0.1:-1"\nno_such_option: 1\n');

    await expect(open({ confPath: wrong })).rejects.toMatchObject({
      code: 'bus-server-exited',
      message: expect.stringContaining('no_such_option'),
    });
  });

  it('gives up, and ends the child, when it does not listen in time', async () => {
    const opening = open({
      binary: fileURLToPath(new URL('../../test/fixtures/silent-server.sh', import.meta.url)),
      readyWithinMs: 200,
    });

    await expect(opening).rejects.toMatchObject({ code: 'bus-server-late' });
  });
});
