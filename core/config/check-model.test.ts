import { describe, expect, it } from 'vitest';
import { fireSmokeWith, intrusionWith } from '../../test/fixtures/alerts/rehearsal.ts';
import { isUnfit, requireFitModel } from './check-model.ts';

const coco = { id: 'yolox-nano-416', labels: ['person', null, 'car'] as const };

describe('requireFitModel', () => {
  it('refuses a scenario of fire and smoke on a model that knows neither, and says what is installed', () => {
    const refused = () => requireFitModel([intrusionWith(), fireSmokeWith()], coco);

    expect(refused).toThrow(
      expect.objectContaining({
        code: 'config-model-unfit',
        message: expect.stringContaining(
          "'fire-1' (fireSmoke) needs a model with fire or smoke; installed: yolox-nano-416",
        ),
      }),
    );
  });

  it('lets every other kind pass, whatever it looks for', () => {
    expect(() => requireFitModel([intrusionWith({ labels: ['boat'] })], coco)).not.toThrow();
  });

  it.each([
    [undefined, ['smoke'], false],
    [['smoke'], ['smoke', null], false],
    [['smoke'], ['fire'], true],
    [['fire', 'smoke'], ['fire'], false],
    [undefined, [], true],
  ] as const)('wants one of the classes it looks for: %j on a model with %j', (labels, known, isRefused) => {
    const scenario = fireSmokeWith(labels ? { labels: [...labels] } : {});

    expect(isUnfit(scenario, known)).toBe(isRefused);
  });
});
