import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../src/services/xray/trace/summary.ts';
import { id, place, START, segment, subsegment, TRACE_ID, traceOf } from './documents.ts';

describe('the summary of a trace', () => {
  it('has the outcome and response time of its root, and the time of all', () => {
    const trace = traceOf(
      segment({
        origin: 'AWS::Lambda',
        fault: true,
        http: { response: { status: 200 } },
        resource_arn: 'arn:a',
      }),
      segment({ id: id('d'), name: 'later', parent_id: id('a'), end_time: START + 3, error: true }),
    );
    expect(summaryOf(trace, place)).toMatchObject({
      Id: TRACE_ID,
      StartTime: START * 1_000,
      Duration: 3,
      ResponseTime: 0.5,
      HasFault: true,
      HasError: false,
      HasThrottle: false,
      IsPartial: false,
      Http: { HttpStatus: 200 },
      ResourceARNs: [{ ARN: 'arn:a' }],
      EntryPoint: { Name: 'packer', Names: ['packer'], AccountId: place.accountId, Type: 'AWS::Lambda' },
      Revision: 2,
    });
  });

  it('has every value of an annotation with the services that said it', () => {
    const trace = traceOf(
      segment({ annotations: { box: 7 } }),
      subsegment({ annotations: { box: 8, open: false } }),
      segment({ id: id('d'), name: 'later', parent_id: id('a'), annotations: { box: 7, shelf: 'A' } }),
    );
    const packer = { Name: 'packer', Names: ['packer'] };
    const later = { Name: 'later', Names: ['later'] };
    expect(summaryOf(trace, place).Annotations).toEqual({
      box: [
        { AnnotationValue: { NumberValue: 7 }, ServiceIds: [packer, later] },
        { AnnotationValue: { NumberValue: 8 }, ServiceIds: [packer] },
      ],
      open: [{ AnnotationValue: { BooleanValue: false }, ServiceIds: [packer] }],
      shelf: [{ AnnotationValue: { StringValue: 'A' }, ServiceIds: [later] }],
    });
  });

  it('leads from the entry to where a fault began, with its exception', () => {
    const cause = { exceptions: [{ id: id('9'), type: 'TapeEmpty', message: 'no tape' }] };
    const trace = traceOf(
      segment({ fault: true }),
      segment({ id: id('d'), name: 'run', parent_id: id('a'), fault: true }),
      subsegment({ parent_id: id('d'), name: 'fold', fault: true, cause }),
      subsegment({ id: id('c'), parent_id: id('d'), name: 'crease' }),
    );
    expect(summaryOf(trace, place)).toMatchObject({
      ErrorRootCauses: [],
      FaultRootCauses: [
        {
          ClientImpacting: true,
          Services: [
            { Name: 'packer', EntityPath: [{ Name: 'packer', Exceptions: [] }], Inferred: false },
            {
              Name: 'run',
              EntityPath: [
                { Name: 'run', Exceptions: [] },
                { Name: 'fold', Exceptions: [{ Name: 'TapeEmpty', Message: 'no tape' }], Remote: false },
              ],
            },
          ],
        },
      ],
    });
  });
});
