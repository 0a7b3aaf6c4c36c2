import { boolean, integer, list, oneOf, required, structure, text } from '../../../aws/members.ts';
import { validateDefinition } from '../language/validate-machine.ts';
import { operation } from './context.ts';
import { DEFINITION, MACHINE_TYPES } from './shapes.ts';

/** Diagnostics of an answer, where nothing is said (API reference, "ValidateStateMachineDefinition"). */
const USUAL = 100;

export const VALIDATE_OPERATION = {
  ValidateStateMachineDefinition: operation({
    input: {
      definition: required(DEFINITION),
      type: oneOf(MACHINE_TYPES),
      severity: oneOf(['ERROR', 'WARNING']),
      maxResults: integer({ min: 0, max: 100 }),
    },
    output: {
      result: text(),
      diagnostics: list(structure({ severity: text(), code: text(), message: text(), location: text() })),
      truncated: boolean(),
    },
    needs: () => ['*'],
    handle({ definition, type, maxResults = 0 }) {
      const problems = validateDefinition(definition, type);
      const limit = maxResults === 0 ? USUAL : maxResults;
      return {
        result: problems.length === 0 ? 'OK' : 'FAIL',
        diagnostics: problems.slice(0, limit).map((problem) => ({ severity: 'ERROR', ...problem })),
        truncated: problems.length > limit,
      };
    },
  }),
};
