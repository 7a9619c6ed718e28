import { useState } from 'preact/hooks';
import { type Scenario, scenarioSchemas } from '../../../core/schema/scenario.ts';
import { may } from '../../http/session-state.ts';
import { kindWord } from '../../words/alert-terms.ts';
import { EditorFrame } from './editor-frame.tsx';
import type { FieldSchema } from './form/field-schema.ts';
import { SchemaForm } from './form/schema-form.tsx';
import { scenarioOptions } from './options.ts';
import type { Stored } from './settings.ts';
import { WhatIfPreview } from './what-if-preview.tsx';

/** One scenario, and what it would have alerted to last week. */
export const ScenarioEditor = ({ stored, onReload }: { stored: Stored<Scenario>; onReload(): void }) => {
  const [draft, setDraft] = useState<Scenario>(stored.value);
  const isNew = stored.revision === 0;
  const mayChange = may('scenarios.write');
  return (
    <EditorFrame section="scenarios" {...{ stored, draft, mayChange, onReload }}>
      <p class="muted">{kindWord(draft.kind)}</p>
      <WhatIfPreview base={stored.value} draft={draft} isNew={isNew} />
      <fieldset class="form-all" disabled={!mayChange}>
        <SchemaForm
          schema={scenarioSchemas[draft.kind] as unknown as FieldSchema}
          value={draft}
          without={isNew ? [] : ['id']}
          optionsFor={scenarioOptions(draft)}
          onChange={(next) => setDraft(next as Scenario)}
        />
      </fieldset>
    </EditorFrame>
  );
};
