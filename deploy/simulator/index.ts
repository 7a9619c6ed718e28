export { openSimulator, type Simulator } from './simulator.ts';
