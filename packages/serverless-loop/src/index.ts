/** The loop for tests and programs: `await using loop = await startLoop({ template })`. See docs/testing.md. */
export type { Fact } from './facts.ts';
export { type FactStream, FactTimeoutError, type WaitOptions } from './loop/fact-stream.ts';
export {
  type Invocation,
  type InvokeOptions,
  type RunningLoop,
  type StartOptions,
  startLoop,
} from './loop/test-face.ts';
