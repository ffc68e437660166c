import type { StrategyRegistry } from '../../credential/strategy.ts';
import type { Precedence } from '../setting-value.ts';

/** How the members of a settings object are read. */
export interface MembersContext {
  readonly precedence: Precedence;
  /** The directory that relative paths start from. */
  readonly directory: string;
  readonly strategies: StrategyRegistry;
}
