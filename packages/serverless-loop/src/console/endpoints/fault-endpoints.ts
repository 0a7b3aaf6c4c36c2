import { required, text } from '../../aws/members.ts';
import { FAULT } from '../../faults/fault.ts';
import { endpoint } from '../context.ts';
import { notFound } from '../invalid.ts';

export const FAULT_ENDPOINTS = {
  'GET /_loop/faults': endpoint({
    purpose: 'the faults that are set: what each does to which calls or invocations, and how often it did',
    input: {},
    answer: (_input, { faults }) => ({ faults: faults.list() }),
  }),
  'POST /_loop/faults': endpoint({
    purpose: 'sets a fault, by an action named as AWS Fault Injection Service names it',
    changes: true,
    input: { ...FAULT, action: required(text({ min: 1 })) },
    answer: (given, { faults }) => ({ ...faults.add({ ...given }) }),
  }),
  'POST /_loop/faults/remove': endpoint({
    purpose: 'undoes a fault, or all where none is named',
    changes: true,
    input: { id: text({ min: 1 }) },
    answer({ id }, { faults }) {
      const removed = faults.remove(id);
      if (id !== undefined && removed === 0) throw notFound(`There is no fault "${id}".`);
      return { removed };
    },
  }),
};
