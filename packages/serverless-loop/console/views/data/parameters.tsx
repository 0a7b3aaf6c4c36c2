import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Section } from '../../parts/detail.tsx';
import { Problem } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { fits, parseFilter } from '../../state/filter.ts';
import { shownText } from '../../state/words.ts';

interface Parameter {
  name: string;
  type: string;
  /** None of a SecureString. */
  value?: string;
  version: number;
  changedAt?: string;
}

/** Parameters of SSM, and the names of secrets: no value of either that is secret. */
export function Parameters() {
  const { address } = useConsole();
  const parameters = useAnswer('parameters', () => ask<{ parameters: readonly Parameter[] }>('parameters'));
  const secrets = useAnswer('secrets', () => ask<{ secrets: readonly { name: string }[] }>('secrets'));
  const filter = parseFilter(address.filter);
  const shown = parameters.value?.parameters.filter((each) => fits({ ...each }, filter)) ?? [];
  const named = secrets.value?.secrets.filter((each) => fits({ ...each }, filter)) ?? [];
  return (
    <div class="sheet">
      <Problem text={parameters.error ?? secrets.error} />
      <Section level={2} title="Parameters">
        {shown.length === 0 && <p class="quiet">None. AWS::SSM::Parameter of the template makes one.</p>}
        {shown.length > 0 && (
          <div class="scrolling">
            <table class="plain-table">
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Value</th>
                  <th scope="col">Type</th>
                  <th scope="col">Version</th>
                  <th scope="col">Changed</th>
                </tr>
              </thead>
              <tbody>
                {shown.map(({ name, value, type, version, changedAt }) => (
                  <tr key={name}>
                    <td>
                      <code>{shownText(name).text}</code>
                    </td>
                    <td>
                      {value === undefined ? (
                        <span class="quiet">secret</span>
                      ) : (
                        <code>{shownText(value).text}</code>
                      )}
                    </td>
                    <td>{type}</td>
                    <td>{version}</td>
                    <td>{changedAt !== undefined && <Time at={changedAt} />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <Section level={2} title="Secrets">
        {named.length === 0 && (
          <p class="quiet">None. AWS::SecretsManager::Secret of the template makes one.</p>
        )}
        <ul>
          {named.map(({ name }) => (
            <li key={name}>
              <code>{shownText(name).text}</code>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
