import { useMemo } from 'preact/hooks';
import type { Availability } from '../../../../api/schema/statistics-views.ts';
import { Empty } from '../../../parts/states.tsx';
import { placeWords } from '../../../words/place-words.ts';
import { asked } from '../asked/asked.ts';
import { cameraName } from '../asked/legend.ts';
import { useReckoned } from '../asked/use-reckoned.ts';
import { Answered } from '../figures/answered.tsx';
import type { Column } from '../figures/column.ts';
import { DataTable } from '../figures/data-table.tsx';
import { Figure } from '../figures/figure.tsx';
import { instantWords } from '../instant-words.ts';
import { word } from '../words.ts';
import { placeColumns } from './availability-columns.tsx';
import { AvailabilityBar } from './availability-target.tsx';

interface CameraRow {
  cameraId: string;
  place: string;
  share: number;
}

/** 在线率: which share of the time cameras were watched, by village and by camera. */
export const AvailabilityView = () => {
  const asking = useReckoned<Availability>('/api/v1/statistics/availability', asked.value);
  const { answer } = asking;
  const cameras = useMemo(() => toCameraRows(answer), [answer]);
  const [ofPlaces, ofCameras] = [placeColumns(), cameraColumns()];
  const places = answer?.places ?? [];
  return (
    <>
      <Figure
        title={word('availabilityTitle')}
        note={noteOf(answer)}
        saved={{ name: 'availability-by-place', columns: ofPlaces, rows: places }}
      >
        <Answered asking={asking}>
          {() =>
            places.length === 0 ? (
              <Empty icon="camera" title={word('noMinutes')} />
            ) : (
              <DataTable
                label={word('availabilityTitle')}
                columns={ofPlaces}
                rows={places}
                keyOf={({ place }) => place}
              />
            )
          }
        </Answered>
      </Figure>
      {cameras.length > 0 && (
        <Figure
          title={word('availabilityByCamera')}
          note={word('worstFirst')}
          saved={{ name: 'availability-by-camera', columns: ofCameras, rows: cameras }}
        >
          <DataTable
            label={word('availabilityByCamera')}
            columns={ofCameras}
            rows={cameras}
            keyOf={({ cameraId }) => cameraId}
          />
        </Figure>
      )}
    </>
  );
};

const noteOf = (answer: Availability | undefined): string | undefined =>
  answer && word('availabilityNote', { from: instantWords(answer.from), to: instantWords(answer.to) });

const toCameraRows = (answer: Availability | undefined): CameraRow[] =>
  (answer?.places ?? [])
    .flatMap(({ place, cameras }) => cameras.map(({ cameraId, share }) => ({ cameraId, place, share })))
    .sort((a, b) => a.share - b.share || (a.cameraId < b.cameraId ? -1 : 1));

const cameraColumns = (): Column<CameraRow>[] => [
  { title: word('camera'), value: ({ cameraId }) => cameraName(cameraId) },
  { title: word('place'), value: ({ place }) => place, show: ({ place }) => placeWords(place) },
  {
    title: word('availability'),
    value: ({ share }) => share,
    show: ({ share }) => <AvailabilityBar share={share} />,
  },
];
