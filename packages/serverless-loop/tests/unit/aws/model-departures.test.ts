import { expect, test } from 'vitest';
import { SERVICES } from './api-models.ts';
import { departures, notRead } from './model-departures.ts';
import { modelOf } from './sdk-model.ts';

test.each(SERVICES)(
  'what %s reads and answers is of the kinds, and by the names, of its API',
  (_name, service, client, _notRead, more = []) => {
    expect(
      departures(service, modelOf(client)),
      'found, and not in the API: mend the member, or say why it is so in api-models.ts',
    ).toEqual(more);
  },
);

test.each(SERVICES)(
  'the members of %s’s API that nothing here reads are known',
  (_name, service, client, known) => {
    expect(
      notRead(service, modelOf(client)),
      'an operation leaves out members that the API has: read them, or name them in api-models.ts, of which docs/fidelity.md is made',
    ).toEqual(known.toSorted());
  },
);
