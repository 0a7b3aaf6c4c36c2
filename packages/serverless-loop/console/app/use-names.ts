import { useCallback, useMemo } from '../preact.ts';
import { shownInRow } from '../state/words.ts';
import { useConsole } from './context.ts';
import type { Resource } from './stack.ts';

/**
 * Calls a resource as its template does: AWS's own names are long, and end in letters that nobody reads. Takes a name or an
 * ARN, with an alias or without; what the stack doesn't have keeps its name.
 */
export function useNames(): (nameOrArn: string) => string {
  const { stack } = useConsole();
  const ids = useMemo(() => {
    const { functions = [], rules = [], tables = [], queues = [], buses = [], resources = [] } = stack ?? {};
    // A table, a queue or a bus is most often named by who wrote the template.
    const long = [...functions, ...rules, ...[...tables, ...queues, ...buses].filter(isMade)];
    return new Map([...resources.flatMap(madeName), ...long.map(idOf)]);
  }, [stack]);
  return useCallback(
    (nameOrArn) => {
      const own = ownName(nameOrArn);
      const [name = '', ...alias] = own.split(':');
      return shownInRow([ids.get(name) ?? name, ...alias].join(':'));
    },
    [ids],
  );
}

function idOf({ name, logicalId }: { name: string; logicalId: string }): [string, string] {
  return [name, logicalId];
}

/** A role that was made with a function or a state machine is called after it. */
function madeName({ physicalId, logicalId, type, madeFrom }: Resource): [string, string][] {
  const name = ownName(physicalId);
  if (type === 'AWS::IAM::Role' && madeFrom !== undefined) return [[name, madeFrom]];
  return isMade({ name, logicalId }) || /^AWS::ApiGateway/.test(type) ? [[name, logicalId]] : [];
}

/** CloudFormation made the name: `STACK-LOGICALID-RANDOM`. */
function isMade({ name, logicalId }: { name: string; logicalId: string }): boolean {
  return name.includes(`-${logicalId}-`);
}

/** The last part of an ARN; a name as it is. */
export function ownName(nameOrArn: string): string {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  return nameOrArn
    .split(':')
    .slice(5)
    .join(':')
    .replace(
      /^(function:|table\/|stateMachine:|event-bus\/|log-group:|role\/(?:.*\/)?|schedule\/(?:.*\/)?)/,
      '',
    )
    .replace(/^rule\/(?:.*\/)?/, '');
}
