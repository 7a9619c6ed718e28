import { connect, type Socket } from 'node:net';
import type { VideoCodec } from '../../simulator/access-unit.ts';
import { UnitJoiner } from './unit-joiner.ts';

export interface ReceiveDemand {
  cameras: readonly { url: string; codec: VideoCodec }[];
}

/** Access units and their bytes, over all cameras, since the start. */
export interface ReceiveAnswer {
  units: number;
  bytes: number;
}

const tally: ReceiveAnswer = { units: 0, bytes: 0 };

const requestsOf = (url: string): string =>
  [
    `SETUP ${url}/track1 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n`,
    `PLAY ${url} RTSP/1.0\r\nCSeq: 2\r\n\r\n`,
  ].join('');

/** The least a receiver does: reads, splits, joins access units, and lets go of them. */
const receive = ({ url, codec }: ReceiveDemand['cameras'][number]): Socket => {
  const joiner = new UnitJoiner(codec, (unit) => {
    tally.units++;
    tally.bytes += unit.length;
  });
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  socket.on('data', (chunk) => joiner.push(chunk));
  socket.write(requestsOf(url));
  return socket;
};

process.on('message', (demand: ReceiveDemand | 'tell') => {
  if (demand !== 'tell') for (const camera of demand.cameras) receive(camera);
  process.send?.(tally);
});
process.on('disconnect', () => process.exit());
