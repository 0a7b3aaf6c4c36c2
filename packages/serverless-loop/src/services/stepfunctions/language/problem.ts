/** A fault of a definition, as ValidateStateMachineDefinition tells it (API reference, "ValidateStateMachineDefinitionDiagnostic"). */
export interface Problem {
  code:
    | 'INVALID_JSON_DESCRIPTION'
    | 'SCHEMA_VALIDATION_FAILED'
    | 'MISSING_TRANSITION_TARGET'
    | 'MISSING_END_STATE';
  message: string;
  /** A path into the definition: `/States/Pay/Retry[0]/MaxAttempts`. */
  location?: string;
}

/** Takes the problems of a definition. */
export type Complain = (problem: Problem) => void;

export function schemaProblem(message: string, location: string): Problem {
  return { code: 'SCHEMA_VALIDATION_FAILED', message, location };
}

/** The message of the InvalidDefinition with which CreateStateMachine and UpdateStateMachine refuse (LocalStack's records of AWS, tests/aws/services/stepfunctions). */
export function refusalOf(problems: readonly Problem[]): string {
  const told = problems.map(({ code, message, location }) => `${code}: ${message} at ${location ?? null}`);
  return `Invalid State Machine Definition: '${told.join(', ')}'`;
}
