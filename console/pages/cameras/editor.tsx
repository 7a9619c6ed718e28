import { useEffect, useState } from 'preact/hooks';
import { Camera } from '../../../core/schema/camera.ts';
import { type Scenario, scenarioSchemas } from '../../../core/schema/scenario.ts';
import { Failure, Loading } from '../../parts/states.tsx';
import { CameraEditor } from './camera-editor.tsx';
import type { Chosen } from './chosen.ts';
import { type FieldSchema, firstValue } from './form/field-schema.ts';
import { ScenarioEditor } from './scenario-editor.tsx';
import { readSetting, type Stored } from './settings.ts';

type Either = Stored<Camera | Scenario>;

const fresh = ({ section, kind = 'intrusion' }: Chosen): Either => {
  const schema = section === 'cameras' ? Camera : scenarioSchemas[kind];
  return { revision: 0, value: firstValue(schema as unknown as FieldSchema) as Camera | Scenario };
};

/** One camera or scenario, as configured, to be changed. */
export const Editor = ({ chosen }: { chosen: Chosen }) => {
  const { section, id } = chosen;
  const [stored, setStored] = useState<Either>();
  const [failure, setFailure] = useState<unknown>();
  const load = (): void => {
    setStored(undefined);
    setFailure(undefined);
    if (id === undefined) setStored(fresh(chosen));
    else readSetting(section, id).then(setStored, setFailure);
  };
  useEffect(load, [section, id, chosen.kind]);
  if (failure !== undefined) return <Failure failure={failure} onRetry={load} />;
  if (!stored) return <Loading />;
  return section === 'cameras' ? (
    <CameraEditor key={stored.revision} stored={stored as Stored<Camera>} onReload={load} />
  ) : (
    <ScenarioEditor key={stored.revision} stored={stored as Stored<Scenario>} onReload={load} />
  );
};
