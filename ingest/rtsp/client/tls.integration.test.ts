import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { openPlain } from '../../../test/fixtures/ingest/open-plain.ts';
import { ScriptedCamera } from '../../../test/fixtures/ingest/scripted-camera.ts';

const opened: { close(): unknown }[] = [];
let identity: { key: Buffer; cert: Buffer };

/** As cameras do: signed by itself, for no name that anybody knows. */
beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'xueliang-tls-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await promisify(execFile)('openssl', [...request, '-subj', '/CN=camera', '-keyout', key, '-out', cert]);
  identity = { key: await readFile(key), cert: await readFile(cert) };
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** A camera behind TLS; gives its rtsps address. */
const behindTls = async (camera: ScriptedCamera): Promise<string> => {
  const inner = Number(new URL(camera.url).port);
  const front = tls.createServer(identity, (socket) => {
    const plain = connect(inner, '127.0.0.1');
    for (const end of [socket, plain]) end.on('error', () => undefined);
    socket.pipe(plain).pipe(socket);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => front.close() });
  const url = new URL(camera.url.replace('rtsp:', 'http:'));
  return `rtsps://127.0.0.1:${(front.address() as AddressInfo).port}${url.pathname}`;
};

test('a camera behind TLS with a certificate of its own is read like any other', async () => {
  await using camera = await new ScriptedCamera().listen();
  const stream = await openPlain(await behindTls(camera));
  opened.push(stream);

  camera.sendPicture(3000, true);
  camera.sendPicture(10);
  const [key, delta] = [await stream.read(), await stream.read()];

  expect(key).toMatchObject({ isKeyframe: true, ptsUs: 0 });
  expect(delta).toMatchObject({ isKeyframe: false, ptsUs: 40_000 });
});
