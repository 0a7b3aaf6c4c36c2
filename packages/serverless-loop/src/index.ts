export type { Fact } from './facts.ts';
