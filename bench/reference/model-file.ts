import type { ModelCard } from '../../core/schema/model-card.ts';

export interface ModelFile {
  card: ModelCard;
  path: string;
}
