import { useEffect, useState } from 'preact/hooks';
import { scenarioKinds } from '../../../core/schema/scenario.ts';
import { may } from '../../http/session-state.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { kindWord } from '../../words/alert-terms.ts';
import { choose, chooseAddressed, chosen, savedCount, section } from './chosen.ts';
import { Editor } from './editor.tsx';
import { ImportDialog } from './import/import-dialog.tsx';
import { CameraList } from './list/camera-list.tsx';
import { ScenarioList } from './list/scenario-list.tsx';
import { loadOptions } from './options.ts';
import { word } from './words.ts';
import './cameras.css';

/** 配置: cameras and scenarios, each to be looked at and changed. */
export const CamerasPage = () => {
  const [failure, setFailure] = useState<unknown>();
  const [isImporting, setImporting] = useState(false);
  const load = (): void => {
    setFailure(undefined);
    loadOptions().catch(setFailure);
  };
  useEffect(chooseAddressed, []);
  useEffect(load, [savedCount.value]);
  const isCameras = section.value === 'cameras';
  const present = chosen.value?.section === section.value ? chosen.value : undefined;
  return (
    <div class="settings">
      <section class="settings-list">
        <header class="stack">
          <h1>{word('title')}</h1>
          {may('scenarios.write') && (
            <Choice
              label={word('title')}
              value={section.value}
              options={[
                { value: 'cameras', label: word('cameras') },
                { value: 'scenarios', label: word('scenarios') },
              ]}
              onChoose={(next) => {
                section.value = next;
              }}
            />
          )}
          {isCameras ? <CameraActions onImport={() => setImporting(true)} /> : <NewScenario />}
        </header>
        {isCameras ? (
          <CameraList />
        ) : failure === undefined ? (
          <ScenarioList />
        ) : (
          <Failure failure={failure} onRetry={load} />
        )}
      </section>
      <section class="settings-detail">
        {present && (may('cameras.write') || may('scenarios.write')) ? (
          <Editor key={`${present.section} ${present.id} ${present.kind}`} chosen={present} />
        ) : (
          <Empty icon="camera" title={word(present ? 'readOnly' : 'choose')}>
            {word('chooseMore')}
          </Empty>
        )}
      </section>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </div>
  );
};

const CameraActions = ({ onImport }: { onImport(): void }) =>
  may('cameras.write') ? (
    <div class="row">
      <Button onClick={() => choose({ section: 'cameras' })}>{word('addCamera')}</Button>
      <Button onClick={onImport}>{word('importCameras')}</Button>
    </div>
  ) : null;

const NewScenario = () => (
  <select
    aria-label={word('addScenario')}
    value=""
    onChange={({ currentTarget }) => {
      const kind = scenarioKinds.find((one) => one === currentTarget.value);
      currentTarget.value = '';
      if (kind) choose({ section: 'scenarios', kind });
    }}
  >
    <option value="">{word('addScenario')}…</option>
    {scenarioKinds.map((kind) => (
      <option key={kind} value={kind}>
        {kindWord(kind)}
      </option>
    ))}
  </select>
);
