import type { Location } from '../../core/schema/geometry.ts';
import type { Site } from '../../core/schema/site.ts';
import { townPlaces } from './places.ts';

/** Each of the twelve villages has five: the sixty of the town that the demo is modelled on. */
const loudspeakersEach = 5;

type Duty = Required<Pick<Site, 'loudspeakers' | 'monitoringPoints' | 'responders'>> & {
  deadlines: NonNullable<Site['site']['deadlines']>;
};

/**
 * Who answers in the demo town: a monitoring point in the town and in each village (thirteen in all), a 网格员 for each
 * village and a patrol for the town, loudspeakers, and by when: 1-3-5 minutes, in the country's 15-minute circle for
 * what is not pressing.
 */
export const townDuty = (gateway: string): Duty => ({
  deadlines: [{ area: 'town' }, { area: 'country', severities: ['low'] }],
  monitoringPoints: townPlaces.map(({ code, name, location }) => ({
    id: `point-${code}`,
    name: `${name}监控点`,
    place: code,
    ...(location ? { location: { ...location } } : {}),
  })),
  responders: townPlaces.map(({ code, name }) => ({
    id: `responder-${code}`,
    name: code.length === 12 ? `${name.replace(/(村|居)委会$/, '')}网格员` : '镇巡防队',
    place: code,
  })),
  loudspeakers: townPlaces
    .filter(({ code }) => code.length === 12)
    .flatMap(({ code, name, location }) =>
      Array.from({ length: loudspeakersEach }, (_, index) => ({
        id: `speaker-${code}-${index + 1}`,
        name: `${name.replace(/(村|居)委会$/, '')}广播 ${index + 1}`,
        place: code,
        ...(location ? { location: aside(location, index) } : {}),
        gateway: { url: gateway },
        device: `${code}-${index + 1}`,
        recordings: [
          { id: 'leave-the-water', name: '请勿下水' },
          { id: 'keep-the-lane-clear', name: '请勿占用消防通道' },
        ],
      })),
    ),
});

/** Around the middle of the village, some 300 m away. */
const aside = ({ longitude, latitude }: Location, index: number): Location => {
  const turn = (2 * Math.PI * index) / loudspeakersEach;
  return {
    longitude: Number((longitude + 0.003 * Math.cos(turn)).toFixed(6)),
    latitude: Number((latitude + 0.003 * Math.sin(turn)).toFixed(6)),
  };
};
