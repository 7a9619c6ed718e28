import type { Explanation, Missing, VerdictCause } from '../schema/explanation.ts';
import type { CameraCause } from '../schema/health.ts';
import type { Label } from '../schema/label.ts';
import { toSpan } from './span.ts';
import type { Words } from './words.ts';

const units = { second: ' s', minute: ' min', hour: ' h', day: ' d' };
const span = (ms: number): string => toSpan(ms, units);

const labels: Record<Label, string> = {
  person: 'person',
  bicycle: 'bicycle',
  car: 'car',
  motorcycle: 'motorcycle',
  bus: 'bus',
  truck: 'lorry',
  boat: 'boat',
  dog: 'dog',
  cat: 'cat',
  horse: 'horse',
  sheep: 'sheep',
  cow: 'cow',
  fire: 'fire',
  smoke: 'smoke',
};

const cameraCauses: Record<CameraCause, string> = {
  unreachable: 'the camera cannot be reached',
  refused: 'the camera refuses the connection',
  unauthorised: 'user or password are wrong',
  'not-found': 'the camera has no stream at this address',
  'no-video': 'the stream has no video',
  'unsupported-codec': 'the video’s coding is not supported',
  stalled: 'the stream stands still',
  undecodable: 'the video cannot be decoded',
  'address-forbidden': 'the address is not among the site’s networks',
  'closed-by-camera': 'the camera closed the connection',
  'over-budget': 'too many cameras connect at once',
  'no-capacity': 'no worker has room for it',
};

const verdicts: Record<VerdictCause, string> = {
  off: 'Off: the camera is not allowed to look now.',
  lost: 'No picture',
  'not-connected': 'No picture yet: it waits for its turn or is connecting',
  'thread-silent': 'The camera’s thread does not answer; see the worker’s log.',
  'no-scenario': 'No scenario names this camera, so nothing raises an alert. Add one to the site file.',
  alerting: 'An alert is open. The same situation is not alerted to again until it is over.',
  'off-duty': 'All its scenarios are off duty now.',
  'no-frames':
    'The picture comes, but the detector looked at none of it for half a minute; see the worker’s log.',
  overloaded:
    'Overloaded: lately more frames were dropped than looked at. Fewer cameras for this worker, or another.',
  suppressed: 'What is there would raise an alert, but there is a reason against it.',
  building: 'Something is there, but not yet enough for an alert.',
  'bad-picture': 'The picture shows too little',
  'nothing-seen': 'The detector looked and found nothing in the last minutes.',
  'nothing-in-zone': 'Something was seen in the last minutes, but nothing that counts is in a zone now.',
};

const conditions: Words['conditions'] = {
  offline: 'no picture comes',
  frozen: 'the picture stands still',
  dark: 'the picture is dark',
  covered: 'the lens is covered',
  blurred: 'the picture is out of focus',
  moved: 'the camera looks elsewhere',
};

const verdict = (cause: VerdictCause, status: Explanation['status']): string => {
  if (cause === 'bad-picture') {
    const condition = status.picture && conditions[status.picture.condition];
    return `${verdicts[cause]}${condition === undefined ? '' : `: ${condition}`}. See to the camera.`;
  }
  if (cause !== 'lost' && cause !== 'not-connected') return verdicts[cause];
  const why = status.message ?? (status.cause ? cameraCauses[status.cause] : undefined);
  return why === undefined ? `${verdicts[cause]}.` : `${verdicts[cause]}: ${why}.`;
};

const suppressions: Record<Extract<Missing, { what: 'suppressed' }>['why'], string> = {
  'situation-open': 'its alert is open',
  'known-vehicle': 'this vehicle was alerted to before and never seen to leave',
  'too-many-open': 'too many situations are open on this camera',
  'traffic-jam': 'most vehicles in the zone stand or creep: a traffic jam',
  'stood-at-start': 'it stood there when watching began',
};

const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const missing: Words['missing'] = (lack, timeOfDay) => {
  switch (lack.what) {
    case 'frames':
      return 'no frame was looked at lately';
    case 'schedule':
      return lack.nextAt === undefined ? 'off duty' : `off duty until ${timeOfDay(lack.nextAt)}`;
    case 'nobody':
      return `no ${either(lack.labels.map((label) => labels[label]))} in the zone`;
    case 'unconfirmed':
      return 'something is there, seen too rarely to be believed';
    case 'standstill':
      return `${labels[lack.label]} is there and does not stand still`;
    case 'count':
      return `${lack.have} of ${lack.need} persons`;
    case 'dwell':
      return `${lack.label ? `${labels[lack.label]}, ` : ''}dwell ${span(lack.haveMs)} of ${span(lack.needMs)}`;
    case 'distance':
      return `${lack.label ? `${labels[lack.label]} ` : ''}went ${lack.have} of ${lack.need} against the lane`;
    case 'roaming':
      return `${lack.label ? `${labels[lack.label]} is ` : ''}${lack.have} of its heights from where it was; at most ${lack.limit}`;
    case 'crossings':
      return `${lack.have} of ${lack.need} crossings`;
    case 'attended':
      return `somebody is beside the ${labels[lack.label]}`;
    case 'novelty':
      return 'nothing lies there that was not there before';
    case 'sight':
      return 'long enough, but not seen in the last frame';
    case 'suppressed':
      return `suppressed: ${suppressions[lack.why]}${lack.by ? ` (${lack.by})` : ''}`;
  }
};

export const english: Words = {
  verdict,
  missing,
  span,
  labels,
  watchStates: {
    'off-duty': 'off duty',
    idle: 'idle',
    building: 'building',
    open: 'open',
    suppressed: 'suppressed',
  },
  cameraStates: { waiting: 'waiting', connecting: 'connecting', live: 'live', lost: 'lost', off: 'off' },
  conditions,
  tiers: { dormant: 'dormant', awake: 'awake' },
  reasons: {
    opened: 'opened',
    'picture-changed': 'picture changed',
    scenario: 'scenario asks',
    'long-gop': 'long GOP',
    quiet: 'nothing asks for more',
  },
  drops: { quiet: 'quiet', behind: 'behind', shed: 'shed', 'detector-busy': 'busy' },
  kinds: {
    intrusion: 'intrusion',
    lineCrossing: 'line crossing',
    loitering: 'loitering',
    crowd: 'crowd',
    wrongWay: 'wrong way',
    blockedLane: 'blocked lane',
    roadObstacle: 'road obstacle',
    waterside: 'water-side',
    fireSmoke: 'fire and smoke',
    unusualActivity: 'unusual activity',
    cameraHealth: 'camera health',
    composite: 'composite',
  },
};
