import { startGoBetween } from '../../../scripts/demo/go-between.ts';

export type Trouble = Awaited<ReturnType<typeof startTrouble>>;

/** Stands between the functions and the loop, and refuses the operations that are in trouble with an error of AWS. */
export async function startTrouble() {
  const refused = new Map<string, string>();
  const between = await startGoBetween((operation) => {
    const code = refused.get(operation);
    if (code === undefined) return undefined;
    return { status: 400, body: { __type: code, message: `${operation} is in trouble` } };
  });
  return {
    ...between,
    /** From now on an operation of the functions, such as `PutItem`, is answered by this error. */
    begin(operation: string, code: string) {
      refused.set(operation, code);
    },
    end() {
      refused.clear();
    },
  };
}
