import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Code } from '../../parts/code.tsx';
import { Section } from '../../parts/detail.tsx';
import { JsonField, parsedJson } from '../../parts/json-field.tsx';
import { Empty, Problem, Waiting } from '../../parts/notice.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { ChoiceField, TextField } from '../../parts/text-field.tsx';
import { useId, useState } from '../../preact.ts';
import { duration } from '../../state/words.ts';

interface Api {
  logicalId: string;
  id: string;
  name: string;
  protocol: string;
  url: string;
  routes: readonly { method: string; path: string; function?: string }[];
}

interface Answered {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: string;
  isBase64: boolean;
  durationMs: number;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const NONE = '';

/** Sends a request to an API of the stack, from its side of the network. */
export function HttpRequest() {
  const { value, error } = useAnswer('apis', () => ask<{ apis: readonly Api[] }>('apis'));
  if (error !== undefined) return <Problem text={error} />;
  if (!value) return <Waiting />;
  if (value.apis.length === 0)
    return (
      <Empty title="The stack has no API">
        <p>
          An event Api or HttpApi of a function, or a function’s URL, makes one. Functions without are
          invoked.
        </p>
        <a class="button" href="#/do/invoke">
          Invoke a function
        </a>
      </Empty>
    );
  return <RequestForm apis={value.apis} />;
}

function RequestForm({ apis }: { apis: readonly Api[] }) {
  const [logicalId, setApi] = useState(apis[0]?.logicalId ?? '');
  const api = apis.find((each) => each.logicalId === logicalId) ?? apis[0];
  const [first] = api?.routes ?? [];
  const [method, setMethod] = useState(methodOf(first?.method));
  const [path, setPath] = useState(first?.path ?? '/');
  const [headers, setHeaders] = useState('{ "content-type": "application/json" }');
  const [body, setBody] = useState('');
  const [answer, setAnswer] = useState<Answered>();
  const bodyId = useId();
  const routes = api?.routes.map((route) => `${route.method} ${route.path}`) ?? [];
  const choose = (route: string) => {
    const [wanted, own = '/'] = route.split(' ');
    setMethod(methodOf(wanted));
    setPath(own);
  };
  const request = async () => {
    const read = parsedJson(headers);
    const hasBody = body !== '' && method !== 'GET' && method !== 'HEAD';
    setAnswer(
      await send<Answered>('request', {
        api: api?.logicalId,
        method,
        path,
        headers: 'value' in read ? read.value : {},
        body: hasBody ? body : undefined,
      }),
    );
    return undefined;
  };
  return (
    <div class="columns">
      <div class="form">
        <div class="fields">
          {apis.length > 1 && (
            <ChoiceField
              label="API"
              value={logicalId}
              of={apis.map((each) => [each.logicalId, each.logicalId || each.name] as const)}
              onValue={setApi}
            />
          )}
          <ChoiceField label="Route" value={NONE} of={[[NONE, 'choose one'], ...routes]} onValue={choose} />
          <ChoiceField label="Method" value={method} of={METHODS} onValue={setMethod} />
          <TextField label="Path and query" text={path} onText={setPath} />
        </div>
        <JsonField label="Headers" text={headers} onText={setHeaders} rows={3} />
        <div class="field">
          <label for={bodyId}>Body</label>
          <textarea
            id={bodyId}
            rows={10}
            value={body}
            spellcheck={false}
            onInput={({ currentTarget }) => setBody(currentTarget.value)}
          />
        </div>
        <div class="buttons">
          <ActionButton kind="primary" act={request}>
            Send request
          </ActionButton>
        </div>
      </div>
      {answer && <ResponseParts of={answer} />}
    </div>
  );
}

function ResponseParts({ of: { status, headers, body, isBase64, durationMs } }: { of: Answered }) {
  const read = parsedJson(body);
  return (
    <div class="form">
      <p>
        <StateWord meaning={status < 400 ? 'good' : 'bad'} word={`Status ${status}`} />{' '}
        <span class="quiet">in {duration(durationMs)}</span>
      </p>
      <Section level={2} title={isBase64 ? 'Body, as base64' : 'Body'}>
        <Code value={'value' in read ? read.value : body} label="body" />
      </Section>
      <Section level={2} title="Headers">
        <Code value={headers} label="headers" />
      </Section>
      <div class="buttons">
        <a class="button" href="#/traces">
          Traces
        </a>
      </div>
    </div>
  );
}

/** A route for any method is tried with the first. */
function methodOf(method = ''): string {
  return METHODS.includes(method) ? method : 'GET';
}
