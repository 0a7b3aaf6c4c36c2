import { useConsole } from '../../app/context.ts';
import { Executions } from './executions.tsx';
import { Requests } from './requests.tsx';

/** The work that was done: requests to functions with their traces, and executions of state machines. */
export function TracesView() {
  const { address } = useConsole();
  return address.opened[0] === 'executions' ? <Executions /> : <Requests />;
}
