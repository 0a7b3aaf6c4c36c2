/**
 * Parts for commands beside the loop's own: they show text, colours and errors as the loop does, take the loop's
 * options and find a loop that runs.
 */
import type { Loop, LoopOptions } from './loop/loop-options.ts';

export { parseExactJson } from './aws/exact-json.ts';
export { isObject } from './aws/json-object.ts';
export {
  askRunningLoop,
  loopEndpoint,
  type RunningStack,
} from './cli/running-loop.ts';
export { endpointOfEnvironment, parseEndpoint, refuseMissingSettings } from './cli/sdk-settings.ts';
export { LOOP_OPTIONS, LOOP_OPTIONS_HELP } from './cli/start-arguments.ts';
export { loopOptions, retrySpeedOf } from './cli/start-options.ts';
export { parseArguments, parseStackName, withOptionalValue } from './cli/terminal/arguments.ts';
export { type Paint, painter, wantsColour } from './cli/terminal/colour.ts';
export { columnsOf, NARROW } from './cli/terminal/columns.ts';
export { runCommand, type Terminal } from './cli/terminal/command.ts';
export { EXIT, explainFailure } from './cli/terminal/failure.ts';
export { NoLoopError } from './cli/terminal/no-loop-error.ts';
export { openCommand } from './cli/terminal/open-command.ts';
export type { Output } from './cli/terminal/output.ts';
export { factPrinter, type Printer } from './cli/terminal/printer.ts';
export { TIED, wrap } from './cli/terminal/wrap.ts';
export type { Fact, Report } from './facts.ts';
export { DEFAULT_ENDPOINT } from './loop/default-endpoint.ts';
export type { Loop, LoopOptions } from './loop/loop-options.ts';
export { pastProxies } from './past-proxies.ts';
export { printable, printableJson, printableLines } from './printable.ts';
export type { ItemWrite } from './services/dynamodb/write.ts';
export { parseParameterOverrides, readSamConfig, type SamConfig } from './template/samconfig.ts';
export { decodeText } from './text-file.ts';
export { UsageError } from './usage-error.ts';

/**
 * Asks CloudFormation for the outputs of a stack, by name: `stackOutputs(stackName, endpoint)`, of a loop where an endpoint is
 * given. Rejects with a UsageError where the SDK finds no Region or no credentials, and with CloudFormation's own error where
 * there is no such stack. Loads the SDK's client at the first call.
 */
export async function stackOutputs(
  ...of: Parameters<typeof import('./cli/stack-outputs.ts').stackOutputs>
): Promise<Record<string, string>> {
  return (await import('./cli/stack-outputs.ts')).stackOutputs(...of);
}

/** Runs the loop in this process as `serverless-loop start` does. Throws TemplateError, PortTakenError, CannotListenError. */
export async function startLoop(options: LoopOptions): Promise<Loop> {
  return (await import('./loop/loop.ts')).startLoop(options);
}
