/**
 * The loop for tests: `startLoop` runs a SAM template in this process, and what it gives invokes functions, waits for facts
 * and moves time. docs/testing.md shows it, docs/facts.md names the facts.
 */
export type { AlarmState } from './aws/alarm.ts';
export type { Fact } from './facts.ts';
export { CannotListenError, PortTakenError } from './gateway/port-errors.ts';
export { type Facts, FactTimeoutError, type WaitOptions } from './loop/fact-stream.ts';
export type { Invocation, InvocationError, InvokeOptions } from './loop/invoke-function.ts';
export { type RunningLoop, type StackResource, startLoop } from './loop/loop-for-tests.ts';
export type { ClockMode, ClockModes, TestClock } from './loop/test-clock.ts';
export type { StartOptions } from './loop/test-options.ts';
export { BuildError } from './services/lambda/code/build-error.ts';
export { TemplateError } from './template/error.ts';
export { SamConfigError } from './template/samconfig.ts';
