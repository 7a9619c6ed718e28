import type { WhatIfReport, WhatIfRequest } from '../schema/what-if.ts';

/** Runs scenarios again over what they saw. */
export interface WhatIf {
  /**
   * Only cameras below `ground` (a place's code) are looked at. Throws `whatif-invalid`, `whatif-unsupported`,
   * `whatif-busy` while another is run, and `whatif-late` when it takes too long.
   */
  ask(request: WhatIfRequest, ground: string): Promise<WhatIfReport>;
}
