import { AwsError } from '../../aws/errors.ts';
import { compilePath } from '../../aws/json-path.ts';
import type { TargetModel } from '../../template/model.ts';
import type { InputMaker } from './input-maker.ts';
import { compileTransformer } from './input-transformer.ts';
import { parseJson } from './json.ts';

/**
 * Prepares a target's Input, InputPath or InputTransformer; without one it gets the event.
 * @throws AwsError ValidationException, as PutTargets answers
 */
export function compileInput(target: TargetModel): InputMaker {
  const { id, input, inputPath, inputTransformer } = target;
  const given = [input, inputPath, inputTransformer].filter((way) => way !== undefined);
  if (given.length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  if (input !== undefined) return constantInput(id, input);
  if (inputPath !== undefined) return partOfEvent(id, inputPath);
  if (inputTransformer !== undefined) return compileTransformer(id, inputTransformer);
  return (_event, context) => context.eventText;
}

function constantInput(targetId: string, input: string): InputMaker {
  if (parseJson(input) === undefined) throw invalid(`JSON syntax error in input for target ${targetId}.`);
  return () => input;
}

/** A path that finds nothing gives an empty string, as in a transformer's paths. */
function partOfEvent(targetId: string, inputPath: string): InputMaker {
  const read = compilePath(inputPath);
  if (!read) throw invalid(`Invalid InputPath for target ${targetId}.`);
  return (event) => JSON.stringify(read(event) ?? '');
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
