import { StepFailure } from './step.ts';
import { TimeLimitError } from './time-limit.ts';
import { ToolFailedError, ToolMissingError } from './tool.ts';

/** The reason why a step failed, for a person. Only for a fault of ours is there a stack trace. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isExpected(error)) return error.message;
  return isAnswer(error) || isOfSystem(error)
    ? `${error.name}: ${error.message}`
    : (error.stack ?? error.message);
}

function isExpected(error: Error): boolean {
  return [StepFailure, TimeLimitError, ToolFailedError, ToolMissingError].some(
    (type) => error instanceof type,
  );
}

/** True for an AWS service's answer, as the SDK throws it. */
function isAnswer(error: Error): boolean {
  return '$metadata' in error;
}

/** Of files and sockets, such as ECONNREFUSED. */
function isOfSystem(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string';
}
