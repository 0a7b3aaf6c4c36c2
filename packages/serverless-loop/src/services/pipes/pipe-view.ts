import type { KeptPipe } from './kept-pipes.ts';

export function stateOf(isRunning: boolean) {
  return isRunning ? 'RUNNING' : 'STOPPED';
}

/** A pipe in every answer about it, in the state that the call brings it to. */
export function view({ model, createdAt, modifiedAt }: KeptPipe, currentState: string) {
  return {
    Arn: model.arn,
    Name: model.name,
    DesiredState: stateOf(model.isRunning),
    CurrentState: currentState,
    CreationTime: createdAt,
    LastModifiedTime: modifiedAt,
  };
}

/** A pipe as it is listed and described. */
export function listed(pipe: KeptPipe) {
  const { sourceArn, targetArn, enrichmentArn, isRunning } = pipe.model;
  return {
    ...view(pipe, stateOf(isRunning)),
    Source: sourceArn,
    Target: targetArn,
    Enrichment: enrichmentArn,
  };
}
